# Item by item.
def iwae_bound(log_w):
    return torch.stack([torch.logsumexp(log_w[:, b], 0) - math.log(log_w.size(0)) for b in range(log_w.size(1))])
