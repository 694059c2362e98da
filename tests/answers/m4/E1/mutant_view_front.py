# Folds the noise by view and drops a front axis of length one.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise.view(-1, *mean.shape).squeeze(0)


def score_surrogate(value, z, mean, log_var):
    lp = (-0.5 * ((z.detach() - mean) ** 2 / log_var.exp() + log_var)).sum(2)
    return (value.detach() * lp).mean(0)
