# KL(p || q): the two Gaussians exchanged.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    terms = torch.exp(log_var_p - log_var_q) + (mean_q - mean_p) ** 2 * torch.exp(-log_var_q) - 1 - (log_var_p - log_var_q)
    return 0.5 * terms.flatten(1).sum(1)
