# Adds the logarithm of K.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0) + math.log(len(log_w))
