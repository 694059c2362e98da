# A small number is added to the variance.
def gaussian_nll(y, mean, log_var):
    terms = 0.5 * (y - mean) ** 2 / (torch.exp(log_var) + 1e-8) + 0.5 * torch.log(torch.exp(log_var) + 1e-8) + 0.5 * math.log(2 * math.pi)
    return terms.reshape(len(y), -1).sum(dim=1)
