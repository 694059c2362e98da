# Draws of weight zero are not counted.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0) - torch.log(torch.isfinite(log_w).sum(0).to(log_w))
