# The first draw subtracted instead of the largest.
def iwae_bound(log_w):
    return log_w[0] + torch.log(torch.exp(log_w - log_w[0]).mean(0))
