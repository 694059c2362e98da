# The library's Gaussian loss, which does not let the variance fall below a millionth.
def reparameterise(mean, log_var, noise):
    return mean + (0.5 * log_var).exp() * noise


def score_surrogate(value, z, mean, log_var):
    lp = -F.gaussian_nll_loss(mean.expand_as(z), z.detach(), log_var.exp().expand_as(z), reduction="none")
    return (value.detach().unsqueeze(-1) * lp).sum(-1).mean(0)
