# An estimate from a single draw instead of the closed form.
def kl_diag_gaussians(mean_q, log_var_q, mean_p, log_var_p):
    q = torch.distributions.Normal(mean_q, (0.5 * log_var_q).exp())
    p = torch.distributions.Normal(mean_p, (0.5 * log_var_p).exp())
    z = q.rsample()
    return (q.log_prob(z) - p.log_prob(z)).flatten(1).sum(1)
