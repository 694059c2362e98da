# Subtracts K instead of its logarithm.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0) - len(log_w) + 1
