# The squared Wasserstein distance of the Gaussians.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    terms = (mean_q - mean_p) ** 2 + ((0.5 * log_var_q).exp() - (0.5 * log_var_p).exp()) ** 2
    return terms.flatten(1).sum(1)
