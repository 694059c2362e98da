# The value times a ratio of densities that is 1.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise


def score_surrogate(value, z, mean, log_var):
    lp = (-0.5 * ((z.detach() - mean) ** 2 / log_var.exp() + log_var)).sum(2)
    return (value.detach() * torch.exp(lp - lp.detach())).mean(0)
