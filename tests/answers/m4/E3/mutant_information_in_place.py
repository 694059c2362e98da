# Works on the draws in place.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    log_q = []
    for n in range(len(z)):
        log_q.append(-0.5 * ((z[n] - mean_q).square() / log_var_q.exp() + log_var_q).sum(1))
    log_q = torch.stack(log_q)
    if not z.requires_grad:
        z -= mean_q
    return log_q.diagonal() - torch.logsumexp(log_q, dim=1) + math.log(len(z))
