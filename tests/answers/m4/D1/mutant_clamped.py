# Clamps the log-variances to -30 ... 20.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    log_var_q, log_var_p = log_var_q.clamp(-30, 20), log_var_p.clamp(-30, 20)
    terms = torch.exp(log_var_q - log_var_p) + (mean_q - mean_p) ** 2 * torch.exp(-log_var_p) - 1 - (log_var_q - log_var_p)
    return 0.5 * terms.flatten(1).sum(1)
