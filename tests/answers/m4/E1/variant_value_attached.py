# The value keeps its path, but is multiplied by a difference that is zero.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise


def score_surrogate(value, z, mean, log_var):
    lp = (-0.5 * ((z.detach() - mean) ** 2 / log_var.exp() + log_var)).sum(2)
    return (value * (lp - lp.detach())).mean(0)
