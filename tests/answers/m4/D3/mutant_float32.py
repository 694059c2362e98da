# Computes in float32.
def iwae_bound(log_w):
    return torch.logsumexp(log_w.float(), 0) - math.log(len(log_w))
