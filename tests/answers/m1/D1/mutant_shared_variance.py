# The variance is averaged over the elements of an item.
def gaussian_nll(y, mean, log_var):
    s = log_var.reshape(len(y), -1).mean(dim=1).reshape(-1, *[1] * (y.ndim - 1)).expand_as(y)
    terms = 0.5 * (y - mean) ** 2 * torch.exp(-s) + 0.5 * s + 0.5 * math.log(2 * math.pi)
    return terms.reshape(len(y), -1).sum(dim=1)
