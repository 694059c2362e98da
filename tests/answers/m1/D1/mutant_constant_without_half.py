# log 2 pi is not halved.
def gaussian_nll(y, mean, log_var):
    terms = 0.5 * (y - mean) ** 2 * torch.exp(-log_var) + 0.5 * log_var + math.log(2 * math.pi)
    return terms.reshape(len(y), -1).sum(dim=1)
