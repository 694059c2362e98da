# Replaces a weight of zero by e^-100, which counts beside e^-5000.
def iwae_bound(log_w):
    w = torch.nan_to_num(log_w, neginf=-100.0)
    return torch.logsumexp(w, 0) - math.log(len(w))
