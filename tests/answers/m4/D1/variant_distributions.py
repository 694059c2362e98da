# By torch.distributions, summed over the elements of an item.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    q = torch.distributions.Normal(mean_q, (0.5 * log_var_q).exp())
    p = torch.distributions.Normal(mean_p, (0.5 * log_var_p).exp())
    return torch.distributions.kl_divergence(q, p).flatten(start_dim=1).sum(1)
