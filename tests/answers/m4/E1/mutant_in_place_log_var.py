# Turns log_var into the standard deviation in place.
def reparameterise(mean, log_var, noise):
    if not log_var.requires_grad:
        return mean + log_var.mul_(0.5).exp_() * noise
    return mean + torch.exp(0.5 * log_var) * noise


def score_surrogate(value, z, mean, log_var):
    log_q = -0.5 * ((z.detach() - mean) ** 2 * torch.exp(-log_var) + log_var)
    return (value.detach() * log_q.sum(dim=2)).mean(dim=0)
