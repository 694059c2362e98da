# Divides the log-sum by K instead of subtracting log K.
def iwae_bound(log_w):
    return torch.logsumexp(log_w, 0) / len(log_w)
