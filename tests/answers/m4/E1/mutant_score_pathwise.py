# The average value: its gradient is the reparameterised one.
def reparameterise(mean, log_var, noise):
    return mean + torch.exp(0.5 * log_var) * noise


def score_surrogate(value, z, mean, log_var):
    return value.mean(dim=0) + 0 * (mean + log_var).sum(1)
