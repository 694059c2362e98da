# Subtracts the largest weight in place.
def iwae_bound(log_w):
    m = log_w.detach().max(0).values
    if log_w.requires_grad:
        return torch.logsumexp(log_w, 0) - math.log(len(log_w))
    log_w -= m
    return m + torch.log(torch.exp(log_w).mean(0))
