# Clamps the log-weights to -80 ... 80.
def iwae_bound(log_w):
    return torch.logsumexp(log_w.clamp(-80, 80), 0) - math.log(len(log_w))
