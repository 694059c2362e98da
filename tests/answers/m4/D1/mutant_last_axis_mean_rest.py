# Images: the sum over the last axis, the mean over the others.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    terms = torch.exp(log_var_q - log_var_p) + (mean_q - mean_p) ** 2 * torch.exp(-log_var_p) - 1 - (log_var_q - log_var_p)
    terms = 0.5 * terms.sum(-1)
    return terms.flatten(1).mean(1) if terms.ndim > 1 else terms
