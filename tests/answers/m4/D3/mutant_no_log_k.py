# Does not divide by the number of draws.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0)
