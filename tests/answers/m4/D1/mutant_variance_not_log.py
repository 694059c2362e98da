# Takes log_var for the standard deviation of a Normal.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    q = torch.distributions.Normal(mean_q, log_var_q.exp())
    p = torch.distributions.Normal(mean_p, log_var_p.exp())
    return torch.distributions.kl_divergence(q, p).flatten(1).sum(1)
