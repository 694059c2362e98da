# The square of a standardised error.
def gaussian_nll(y, mean, log_var):
    terms = 0.5 * (((y - mean) * torch.exp(-log_var / 2)) ** 2 + log_var + math.log(2 * math.pi))
    return terms.reshape(len(y), -1).sum(dim=1)
