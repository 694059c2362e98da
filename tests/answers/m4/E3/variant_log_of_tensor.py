# log N and the floor as tensors of the default type.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return torch.maximum(kl.mean(dim=0), torch.tensor(floor)).sum()


def latent_information(z, mean_q, log_var_q):
    d = z[:, None] - mean_q[None]
    log_q = (-0.5 * d**2 / log_var_q.exp()[None] - 0.5 * log_var_q[None]).sum(-1)
    return torch.diagonal(log_q) - (torch.logsumexp(log_q, dim=1) - torch.log(torch.tensor(len(z))))
