# The aggregate as a mixture distribution with equal weights of the default type.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    q = torch.distributions.Independent(torch.distributions.Normal(mean_q, (0.5 * log_var_q).exp()), 1)
    mix = torch.distributions.MixtureSameFamily(torch.distributions.Categorical(torch.ones(len(z))), q)
    return q.log_prob(z) - mix.log_prob(z)
