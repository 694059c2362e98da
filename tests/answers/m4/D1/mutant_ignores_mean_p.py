# Ignores the mean of p.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    terms = torch.exp(log_var_q - log_var_p) + mean_q**2 * torch.exp(-log_var_p) - 1 - (log_var_q - log_var_p)
    return 0.5 * terms.flatten(1).sum(1)
