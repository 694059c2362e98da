# Does not let the standard deviation of p fall below a millionth.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    sq = torch.exp(0.5 * log_var_q)
    sp = torch.exp(0.5 * log_var_p).clamp(min=1e-6)
    t = torch.log(sp) - torch.log(sq) + (sq**2 + (mean_q - mean_p) ** 2) / (2 * sp**2) - 0.5
    return t.flatten(1).sum(1)
