# The aggregate is replaced by one Gaussian with its moments.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    mean = mean_q.mean(0)
    variance = log_var_q.exp().mean(0) + (mean_q - mean).square().mean(0)
    own = -0.5 * ((z - mean_q).square() / log_var_q.exp() + log_var_q)
    all_items = -0.5 * ((z - mean).square() / variance + variance.log())
    return (own - all_items).sum(1)
