# The prior instead of the aggregate posterior.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    own = -0.5 * ((z - mean_q).square() / log_var_q.exp() + log_var_q)
    return (own + 0.5 * z.square()).sum(dim=1)
