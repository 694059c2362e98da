# By the ratio of the standard deviations, squared.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    r = torch.exp(0.5 * (log_var_q - log_var_p))
    k = (mean_q - mean_p) / torch.exp(0.5 * log_var_p)
    return 0.5 * (r * r + k * k - 1 - torch.log(r**2)).flatten(1).sum(1)
