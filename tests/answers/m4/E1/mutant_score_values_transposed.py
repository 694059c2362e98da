# The values as if items came first, where that has the same shape.
def reparameterise(mean, log_var, noise):
    return mean + torch.exp(0.5 * log_var) * noise


def score_surrogate(value, z, mean, log_var):
    log_q = -0.5 * ((z.detach() - mean) ** 2 * torch.exp(-log_var) + log_var)
    value = value.detach()
    value = value.T if value.shape[0] == value.shape[1] else value
    return (value * log_q.sum(dim=2)).mean(dim=0)
