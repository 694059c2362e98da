# Transposed first; the logarithm of K in float32.
def iwae_bound(log_w):
    return torch.logsumexp(log_w.T, dim=-1) - torch.tensor(float(log_w.shape[0])).log()
