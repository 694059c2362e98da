# Exponentials with a small number added.
def iwae_bound(log_w):
    return torch.log(torch.exp(log_w).mean(0) + 1e-12)
