# Drops the axis of the batch when there is one item.
def iwae_bound(log_w):
    return (torch.logsumexp(log_w, 0) - math.log(len(log_w))).squeeze()
