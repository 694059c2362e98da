# The library's mixture, normals and their divergence.
def mixture_log_prior(z, logits, means, log_vars):
    parts = torch.distributions.Independent(torch.distributions.Normal(means, torch.exp(0.5 * log_vars)), 1)
    return torch.distributions.MixtureSameFamily(torch.distributions.Categorical(logits=logits), parts).log_prob(z)


def hierarchical_kl(mean_1, log_var_1, mean_2, log_var_2, z_2, prior):
    mean_p, log_var_p = prior(z_2).chunk(2, 1)
    lower = torch.distributions.kl_divergence(
        torch.distributions.Normal(mean_1, (log_var_1 / 2).exp()), torch.distributions.Normal(mean_p, (log_var_p / 2).exp())
    )
    unit = torch.distributions.Normal(torch.zeros_like(mean_2), torch.ones_like(mean_2))
    upper = torch.distributions.kl_divergence(torch.distributions.Normal(mean_2, (log_var_2 / 2).exp()), unit)
    return lower.sum(-1) + upper.sum(-1)
