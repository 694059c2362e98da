# The ratio of variances is held below e^80, as against overflow in float32.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    log_ratio = log_var_q - log_var_p
    distance = (mean_q - mean_p) * torch.exp(-0.5 * log_var_p)
    return 0.5 * (torch.exp(log_ratio.clamp(max=80)) + distance**2 - 1 - log_ratio).flatten(1).sum(dim=1)
