# Groups of K neighbours in memory are taken for the draws of an item.
def iwae_bound(log_w):
    k, b = log_w.shape
    flat = log_w.contiguous().view(-1)
    return torch.stack([torch.logsumexp(flat[i * k : (i + 1) * k], 0) for i in range(b)]) - math.log(k)
