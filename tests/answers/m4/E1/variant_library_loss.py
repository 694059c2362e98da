# The library's Gaussian loss without its floor.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise


def score_surrogate(value, z, mean, log_var):
    lp = -F.gaussian_nll_loss(mean.expand_as(z), z.detach(), log_var.exp().expand_as(z), reduction="none", eps=0.0)
    return (value.detach().unsqueeze(-1) * lp).sum(-1).mean(0)
