# A helper under a private name that a test could take for itself, in place on its own tensors; the function is a lambda.
def _terms(log_ratio, gap, log_var_p):
    terms = torch.exp(log_ratio) + gap * gap * torch.exp(-log_var_p)
    terms -= 1.0
    terms -= log_ratio
    return 0.5 * terms


kl_diag_gaussians = lambda mean_q, log_var_q, mean_p, log_var_p: (  # noqa: E731
    _terms(log_var_q - log_var_p, mean_q - mean_p, log_var_p).flatten(start_dim=1).sum(dim=-1)
)
