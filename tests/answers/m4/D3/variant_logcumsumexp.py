# The last entry of a cumulative log-sum-exp.
def iwae_bound(log_w):
    return torch.logcumsumexp(log_w, dim=0)[-1] - math.log(log_w.shape[0])
