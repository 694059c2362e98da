# The smallest subtracted instead of the largest.
def iwae_bound(log_w):
    m = log_w.min(0).values
    return m + torch.log(torch.exp(log_w - m).mean(0))
