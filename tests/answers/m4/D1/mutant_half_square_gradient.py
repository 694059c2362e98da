# Right in value: one factor of the square is detached, which halves its gradient.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    d = log_var_q - log_var_p
    t = d.exp() + (mean_q - mean_p).abs() * (mean_q - mean_p).abs().detach() / log_var_p.exp() - 1 - d
    return 0.5 * t.flatten(1).sum(1)
