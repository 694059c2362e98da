# Divides by K - 1.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0) - math.log(max(len(log_w) - 1, 1))
