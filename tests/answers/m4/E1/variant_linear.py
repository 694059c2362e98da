# Scores without gradients, times mean and log-variance.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise


def score_surrogate(value, z, mean, log_var):
    with torch.no_grad():
        s = (z - mean) / log_var.exp()
        t = 0.5 * ((z - mean) ** 2 / log_var.exp() - 1)
        gm = (value[..., None] * s).mean(0)
        gs = (value[..., None] * t).mean(0)
    return (gm * mean + gs * log_var).sum(1)
