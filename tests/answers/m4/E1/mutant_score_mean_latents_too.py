# One mean over draws and latents.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise


def score_surrogate(value, z, mean, log_var):
    lp = -0.5 * ((z.detach() - mean) ** 2 / log_var.exp() + log_var)
    return (value.detach()[:, :, None] * lp).mean((0, 2))
