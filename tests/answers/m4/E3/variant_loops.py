# Plain loops over units and items; the variance with 1/N.
def active_units(mean_q, log_var_q, threshold=0.01):
    n, d = mean_q.shape
    active = []
    for j in range(d):
        column = mean_q[:, j]
        centred = column - column.mean()
        active.append(bool((centred * centred).mean() > threshold))
    return torch.tensor(active)


def free_bits(kl, floor):
    total = torch.zeros((), dtype=kl.dtype)
    for j in range(kl.shape[1]):
        mean = kl[:, j].mean()
        total = total + (mean if mean > floor else floor)
    return total


def latent_information(z, mean_q, log_var_q):
    values = []
    for n in range(len(z)):
        log_q = torch.stack([torch.distributions.Normal(mean_q[m], torch.exp(0.5 * log_var_q[m])).log_prob(z[n]).sum() for m in range(len(z))])
        values.append(log_q[n] - torch.logsumexp(log_q, 0) + math.log(len(z)))
    return torch.stack(values)
