# With expm1, exact for variances that are nearly equal; extra argument with a default.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    r = log_var_q - log_var_p
    kl = 0.5 * (torch.expm1(r) - r) + 0.5 * ((mean_p - mean_q) * torch.exp(-log_var_p / 2)) ** 2
    return torch.einsum("bl->b", kl.flatten(1))
