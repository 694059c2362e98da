# The constant counts once per item, not once per element.
def gaussian_nll(y, mean, log_var):
    terms = 0.5 * (y - mean) ** 2 * torch.exp(-log_var) + 0.5 * log_var
    return terms.reshape(len(y), -1).sum(dim=1) + 0.5 * math.log(2 * math.pi)
