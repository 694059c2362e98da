# log_var is kept between -100 and 100.
def gaussian_nll(y, mean, log_var):
    log_var = log_var.clamp(-100, 100)
    terms = 0.5 * (y - mean) ** 2 * torch.exp(-log_var) + 0.5 * log_var + 0.5 * math.log(2 * math.pi)
    return terms.reshape(len(y), -1).sum(dim=1)
