# Puts the axis of draws after that of the items.
def reparameterise(mean, log_var, noise):
    z = mean + torch.exp(0.5 * log_var) * noise
    return z.transpose(0, 1) if noise.ndim > mean.ndim else z


def score_surrogate(value, z, mean, log_var):
    log_q = -0.5 * ((z.detach() - mean) ** 2 * torch.exp(-log_var) + log_var)
    return (value.detach() * log_q.sum(dim=2)).mean(dim=0)
