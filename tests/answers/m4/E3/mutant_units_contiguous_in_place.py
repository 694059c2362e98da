# Centres in place what `contiguous` gives, which is the argument itself in the usual layout of memory.
def active_units(mean_q, log_var_q, threshold=0.01):
    means = mean_q.contiguous()
    means -= means.mean(dim=0)
    return means.square().mean(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    scaled = (z[:, None] - mean_q).square() * torch.exp(-log_var_q)
    log_q = -0.5 * (scaled + log_var_q).sum(dim=2)
    return log_q.diagonal() - torch.logsumexp(log_q, dim=1) + math.log(len(z))
