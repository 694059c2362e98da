# The sum over axis 1 only.
def gaussian_nll(y, mean, log_var):
    terms = 0.5 * (y - mean) ** 2 * torch.exp(-log_var) + 0.5 * log_var + 0.5 * math.log(2 * math.pi)
    return terms.sum(dim=1) if y.ndim > 1 else terms
