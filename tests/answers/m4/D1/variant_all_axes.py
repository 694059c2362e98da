# Sums over all axes but the first.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    t = log_var_q.exp() / log_var_p.exp() + (mean_q - mean_p).pow(2) * (-log_var_p).exp() - 1 - log_var_q + log_var_p
    return t.sum(dim=tuple(range(1, t.ndim))) / 2
