# Detaches the draws in place and centres them.
def reparameterise(mean, log_var, noise):
    return mean + torch.exp(0.5 * log_var) * noise


def score_surrogate(value, z, mean, log_var):
    z = z.detach_()
    z -= mean.detach()
    log_q = -0.5 * ((z - (mean - mean.detach())) ** 2 * torch.exp(-log_var) + log_var)
    return (value.detach() * log_q.sum(dim=2)).mean(dim=0)
