# log_var is taken for the variance.
def gaussian_nll(y, mean, log_var):
    terms = 0.5 * (y - mean) ** 2 / log_var.abs().clamp(min=1e-6) + 0.5 * log_var.abs().clamp(min=1e-6).log() + 0.5 * math.log(2 * math.pi)
    return terms.reshape(len(y), -1).sum(dim=1)
