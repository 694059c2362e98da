# A Normal with the variance where the standard deviation belongs.
def reparameterise(mean, log_var, noise):
    return mean + torch.exp(0.5 * log_var) * noise


def score_surrogate(value, z, mean, log_var):
    q = torch.distributions.Normal(mean, torch.exp(log_var))
    return (value.detach() * q.log_prob(z.detach()).sum(2)).mean(0)
