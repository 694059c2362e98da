# The root of log_var instead of half of it.
def reparameterise(mean, log_var, noise):
    return mean + torch.exp(log_var.abs().sqrt() * log_var.sign()) * noise


def score_surrogate(value, z, mean, log_var):
    log_q = -0.5 * ((z.detach() - mean) ** 2 * torch.exp(-log_var) + log_var)
    return (value.detach() * log_q.sum(dim=2)).mean(dim=0)
