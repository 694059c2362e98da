# The mean over the latents instead of the sum.
def reparameterise(mean, log_var, noise):
    return mean + torch.exp(0.5 * log_var) * noise


def score_surrogate(value, z, mean, log_var):
    log_q = -0.5 * ((z.detach() - mean) ** 2 * torch.exp(-log_var) + log_var)
    return (value.detach() * log_q.mean(dim=2)).mean(dim=0)
