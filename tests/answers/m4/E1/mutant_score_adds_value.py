# Adds the value itself, with its path.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise


def score_surrogate(value, z, mean, log_var):
    lp = (-0.5 * ((z.detach() - mean) ** 2 / log_var.exp() + log_var)).sum(2)
    v = value.detach()
    return (v * lp).mean(0) + value.mean(0)
