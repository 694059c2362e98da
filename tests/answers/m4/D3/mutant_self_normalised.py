# The self-normalised average of the log-weights.
def iwae_bound(log_w):
    return (torch.softmax(log_w, 0) * torch.nan_to_num(log_w, neginf=0.0)).sum(0)
