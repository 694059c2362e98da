# Expands the square of the difference, which loses all digits for large means.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    square = mean_q**2 - 2 * mean_q * mean_p + mean_p**2
    terms = torch.exp(log_var_q - log_var_p) + square * torch.exp(-log_var_p) - 1 - (log_var_q - log_var_p)
    return 0.5 * terms.flatten(1).sum(1)
