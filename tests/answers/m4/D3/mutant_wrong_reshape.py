# The classic reshape to (B, K), which puts draws of different items together.
def iwae_bound(log_w):
    k, b = log_w.shape
    return torch.logsumexp(log_w.reshape(b, k), dim=1) - math.log(k)
