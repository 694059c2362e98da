# One draw after the other.
def reparameterise(mean, log_var, noise):
    std = (log_var / 2).exp()
    if noise.ndim == mean.ndim:
        return mean + std * noise
    return torch.stack([mean + std * one for one in noise])


def score_surrogate(value, z, mean, log_var):
    total = 0.0
    for f, draw in zip(value.detach(), z.detach()):
        log_q = -0.5 * (draw - mean) ** 2 / log_var.exp() - 0.5 * log_var - 0.5 * math.log(2 * math.pi)
        total = total + f * log_q.sum(1)
    return total / len(z)
