# The aggregate as a mixture distribution.
def active_units(mean_q, log_var_q, threshold=0.01):
    return torch.var(mean_q, dim=0, correction=0).gt(threshold)


def free_bits(kl, floor):
    per_unit = torch.mean(kl, 0)
    return F.relu(per_unit - floor).sum() + floor * kl.shape[1]


def latent_information(z, mean_q, log_var_q):
    q = torch.distributions.Independent(torch.distributions.Normal(mean_q, (0.5 * log_var_q).exp()), 1)
    mix = torch.distributions.MixtureSameFamily(torch.distributions.Categorical(logits=torch.zeros(len(z), dtype=z.dtype)), q)
    return q.log_prob(z) - mix.log_prob(z)
