# The logarithm of K to base two.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0) - math.log2(len(log_w))
