# Transposed, then folded back into the old shape.
def iwae_bound(log_w):
    K, B = log_w.shape
    return torch.logsumexp(log_w.T.contiguous().view(K, B), 0) - math.log(K)
