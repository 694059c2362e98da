# Densities before logarithms: zero for far items.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    terms = (z[:, None] - mean_q).square() / log_var_q.exp() + log_var_q
    log_q = -0.5 * terms.sum(dim=2)
    return log_q.diagonal() - log_q.exp().mean(dim=1).log()
