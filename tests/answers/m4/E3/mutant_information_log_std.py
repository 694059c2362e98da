# log_var_q is read as log sigma.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    terms = (z[:, None] - mean_q).square() / (2 * log_var_q).exp() + 2 * log_var_q
    log_q = -0.5 * terms.sum(dim=2)
    return log_q.diagonal() - torch.logsumexp(log_q, dim=1) + math.log(len(z))
