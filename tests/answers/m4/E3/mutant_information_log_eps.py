# A small number inside both logarithms.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    p = torch.exp(-0.5 * ((z[:, None] - mean_q).square() / log_var_q.exp() + log_var_q).sum(2))
    return torch.log(p.diagonal() + 1e-10) - torch.log(p.mean(dim=1) + 1e-10)
