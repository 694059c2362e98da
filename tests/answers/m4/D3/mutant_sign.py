# The negative, as for a loss.
def iwae_bound(log_w):
    return math.log(len(log_w)) - torch.logsumexp(log_w, 0)
