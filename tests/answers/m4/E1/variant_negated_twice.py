# The negative log-likelihood weighted and negated at the end.
def reparameterise(mean, log_var, noise):
    return mean - torch.exp(0.5 * log_var) * (-noise)


def score_surrogate(value, z, mean, log_var):
    z = z.detach()
    nll = 0.5 * ((z - mean) ** 2 / log_var.exp() + log_var)
    return -(nll.sum(2) * value.detach()).mean(0)
