# One average over all draws of all items.
def iwae_bound(log_w):
    return (torch.logsumexp(log_w.flatten(), 0) - math.log(log_w.numel())).expand(log_w.shape[1])
