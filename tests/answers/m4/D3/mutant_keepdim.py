# Keeps the axis of the draws.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0, keepdim=True) - math.log(len(log_w))
