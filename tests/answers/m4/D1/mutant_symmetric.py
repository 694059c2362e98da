# The mean of both directions.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    a = torch.exp(log_var_q - log_var_p) + (mean_q - mean_p) ** 2 * torch.exp(-log_var_p) - 1 - (log_var_q - log_var_p)
    b = torch.exp(-(log_var_q - log_var_p)) + (mean_q - mean_p) ** 2 * torch.exp(-log_var_q) - 1 + (log_var_q - log_var_p)
    return 0.25 * (a + b).flatten(1).sum(1)
