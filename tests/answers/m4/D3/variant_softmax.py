# The largest weight by amax, with its gradient; the logarithm of K as a tensor.
def iwae_bound(log_w):
    shifted = log_w - log_w.amax(0)
    return log_w.amax(0) + shifted.exp().sum(0).log() - torch.log(torch.tensor(float(len(log_w)), dtype=log_w.dtype))
