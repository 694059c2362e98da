# The gradient of the maximum is counted twice.
def iwae_bound(log_w):
    m = log_w.max(0).values
    return torch.logsumexp(log_w, 0) - math.log(len(log_w)) + m - m.detach()
