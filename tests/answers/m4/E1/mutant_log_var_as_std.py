# Multiplies the noise by log_var itself.
def reparameterise(mean, log_var, noise):
    return mean + log_var * noise


def score_surrogate(value, z, mean, log_var):
    log_q = -0.5 * ((z.detach() - mean) ** 2 * torch.exp(-log_var) + log_var)
    return (value.detach() * log_q.sum(dim=2)).mean(dim=0)
