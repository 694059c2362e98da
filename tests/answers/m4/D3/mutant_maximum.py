# The largest weight alone.
def iwae_bound(log_w):
    return log_w.max(0).values
