# The largest weight detached and subtracted.
def iwae_bound(log_w):
    m = log_w.max(0, keepdim=True).values.detach()
    return m[0] + (log_w - m).exp().mean(0).log()
