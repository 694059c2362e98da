# where for the floor; log-softmax over the items; an extra argument with a default.
def active_units(mean_q, log_var_q, threshold=0.01, unbiased=True):
    return torch.diagonal(torch.cov(mean_q.T, correction=1).reshape(mean_q.shape[1], -1)) > threshold


def free_bits(kl, floor):
    mean = kl.sum(dim=0) / kl.shape[0]
    return torch.where(mean > floor, mean, torch.full_like(mean, floor)).sum()


def latent_information(z, mean_q, log_var_q):
    log_q = -(((z.unsqueeze(1) - mean_q.unsqueeze(0)) / torch.exp(log_var_q / 2)) ** 2) / 2 - log_var_q / 2
    table = torch.log_softmax(log_q.sum(-1), dim=-1)
    items = torch.arange(len(z))
    return table[items, items] + math.log(len(z))
