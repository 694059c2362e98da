# Cross-entropy minus entropy, each with its constant.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    constant = 0.5 * math.log(2 * math.pi)
    cross = constant + 0.5 * log_var_p + 0.5 * (log_var_q.exp() + (mean_q - mean_p) ** 2) / log_var_p.exp()
    entropy = constant + 0.5 + 0.5 * log_var_q
    return (cross - entropy).reshape(len(mean_q), -1).sum(-1)
