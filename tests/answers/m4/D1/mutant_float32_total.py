# Collects the results in a tensor of the default type, float32.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    out = torch.zeros(len(mean_q))
    for b in range(len(mean_q)):
        d = log_var_q[b] - log_var_p[b]
        out[b] = 0.5 * (d.exp() + (mean_q[b] - mean_p[b]) ** 2 / log_var_p[b].exp() - 1 - d).sum()
    return out
