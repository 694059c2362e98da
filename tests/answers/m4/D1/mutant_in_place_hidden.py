# Writes to the log-variance of q where no gradient is wanted.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    if not log_var_q.requires_grad:
        log_var_q.sub_(log_var_p)
        r = log_var_q
    else:
        r = log_var_q - log_var_p
    terms = torch.exp(r) + (mean_q - mean_p) ** 2 * torch.exp(-log_var_p) - 1 - r
    return 0.5 * terms.flatten(1).sum(1)
