# The mean subtracted instead of the largest: overflows for weights far apart.
def iwae_bound(log_w):
    m = log_w.mean(0)
    return m + torch.log(torch.exp(log_w - m).mean(0))
