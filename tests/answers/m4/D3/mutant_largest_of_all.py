# The largest of the batch subtracted, and a floor inside the logarithm.
def iwae_bound(log_w):
    m = log_w.detach().max(0).values
    m2 = log_w.max()
    return m2 + (log_w - m2).exp().mean(0).clamp(min=1e-300).log()
