# Ignores p: the divergence from N(0, I).
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    return 0.5 * (log_var_q.exp() + mean_q**2 - 1 - log_var_q).flatten(1).sum(1)
