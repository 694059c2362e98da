# Both layers are joined into one divergence; the mixture by multivariate normals.
def mixture_log_prior(z, logits, means, log_vars):
    normals = torch.distributions.MultivariateNormal(means, scale_tril=torch.diag_embed(torch.exp(log_vars / 2)))
    return torch.logsumexp(F.log_softmax(logits, -1) + normals.log_prob(z[:, None]), -1)


def hierarchical_kl(mean_1, log_var_1, mean_2, log_var_2, z_2, prior):
    mean_p, log_var_p = torch.tensor_split(prior(z_2), 2, dim=1)
    mean, log_var = torch.cat([mean_1, mean_2], 1), torch.cat([log_var_1, log_var_2], 1)
    mean_p, log_var_p = torch.cat([mean_p, 0 * mean_2], 1), torch.cat([log_var_p, 0 * log_var_2], 1)
    return (0.5 * ((mean - mean_p) ** 2 / log_var_p.exp() + (log_var - log_var_p).exp() - (log_var - log_var_p) - 1)).sum(1)
