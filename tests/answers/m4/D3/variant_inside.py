# The number of draws subtracted before the sum.
def iwae_bound(log_w):
    return torch.logsumexp(log_w - math.log(log_w.shape[0]), dim=0)
