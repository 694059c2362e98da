# With variances instead of logarithms, and a division by that of p.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    var_q, var_p = log_var_q.exp(), log_var_p.exp()
    kl = 0.5 * (log_var_p - log_var_q + (var_q + (mean_q - mean_p).pow(2)) / var_p - 1)
    return kl.sum(dim=list(range(1, kl.ndim)))
