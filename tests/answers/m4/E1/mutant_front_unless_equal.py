# Takes the front axis of the noise for items wherever it has the batch's length.
def reparameterise(mean, log_var, noise):
    if noise.shape[0] != mean.shape[0]:
        mean = mean.unsqueeze(0)
        log_var = log_var.unsqueeze(0)
    else:
        mean = mean.reshape(mean.shape + (1,) * (noise.ndim - mean.ndim)) if noise.ndim > mean.ndim else mean
        log_var = log_var.reshape(mean.shape)
    return mean + (log_var / 2).exp() * noise


def score_surrogate(value, z, mean, log_var):
    lp = (-0.5 * ((z.detach() - mean) ** 2 / log_var.exp() + log_var)).sum(2)
    return (value.detach() * lp).mean(0)
