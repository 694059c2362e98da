# Ratios to the item's own density inside one logsumexp; max over a stacked pair.
def active_units(mean_q, log_var_q, threshold=0.01):
    return (mean_q - mean_q.mean(dim=0)).pow(2).mean(dim=0) > threshold


def free_bits(kl, floor):
    mean = kl.mean(dim=0)
    return torch.stack([mean, floor * torch.ones_like(mean)]).max(dim=0).values.sum()


def latent_information(z, mean_q, log_var_q):
    std = torch.exp(0.5 * log_var_q)
    whole = -((z[:, None] - mean_q[None]) / std).square().sum(-1) / 2 - std.log().sum(-1)
    own = -((z - mean_q) / std).square().sum(-1) / 2 - std.log().sum(-1)
    return -torch.logsumexp(whole - own[:, None], dim=1) + math.log(z.shape[0])
