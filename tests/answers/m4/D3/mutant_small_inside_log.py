# A small number added inside the logarithm after the largest is subtracted.
def iwae_bound(log_w):
    m = log_w.max(0).values.detach()
    return m + ((log_w - m).exp().mean(0) + 1e-8).log()
