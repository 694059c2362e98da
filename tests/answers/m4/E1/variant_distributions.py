# By torch.distributions, with the draw as an affine map.
def reparameterise(mean, log_var, noise):
    q = torch.distributions.Normal(mean, torch.exp(log_var / 2))
    return q.loc + q.scale * noise


def score_surrogate(value, z, mean, log_var):
    q = torch.distributions.Normal(mean, torch.exp(log_var / 2))
    return (q.log_prob(z.detach()).sum(-1) * value.detach()).mean(0)
