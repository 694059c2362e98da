# Takes log_var for the logarithm of the standard deviation.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    r = 2 * (log_var_q - log_var_p)
    terms = torch.exp(r) + (mean_q - mean_p) ** 2 * torch.exp(-2 * log_var_p) - 1 - r
    return 0.5 * terms.flatten(1).sum(1)
