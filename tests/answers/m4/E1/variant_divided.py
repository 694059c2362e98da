# The error in standard deviations, and a helper function.
def reparameterise(mean, log_var, noise):
    return noise * (0.5 * log_var).exp() + mean


def score_surrogate(value, z, mean, log_var):
    std = (0.5 * log_var).exp()
    log_q = -0.5 * ((z.detach() - mean) / std).square() - std.log()
    return torch.einsum("kb,kbl->b", value.detach(), log_q) / value.shape[0]
