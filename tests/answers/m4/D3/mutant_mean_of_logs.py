# The mean of the logarithms: the plain bound, averaged.
def iwae_bound(log_w):
    return log_w.mean(0)
