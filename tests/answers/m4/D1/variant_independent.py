# By torch.distributions with the elements declared part of the event.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    axes = mean_q.ndim - 1
    q = torch.distributions.Independent(torch.distributions.Normal(mean_q, torch.sqrt(torch.exp(log_var_q))), axes)
    p = torch.distributions.Independent(torch.distributions.Normal(mean_p, torch.sqrt(torch.exp(log_var_p))), axes)
    return torch.distributions.kl_divergence(q, p)
