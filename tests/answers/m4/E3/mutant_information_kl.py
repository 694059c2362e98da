# The KL to the prior.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    return 0.5 * (mean_q**2 + log_var_q.exp() - 1 - log_var_q).sum(dim=1)
