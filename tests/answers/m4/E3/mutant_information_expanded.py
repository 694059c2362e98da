# Squares are multiplied out, which loses digits far from zero.
def active_units(mean_q, log_var_q, threshold=0.01):
    return mean_q.var(dim=0) > threshold


def free_bits(kl, floor):
    return kl.mean(dim=0).clamp(min=floor).sum()


def latent_information(z, mean_q, log_var_q):
    w = torch.exp(-log_var_q)
    squared = z.square() @ w.T - 2 * z @ (mean_q * w).T + (mean_q.square() * w).sum(1)
    log_q = -0.5 * (squared + log_var_q.sum(1))
    return log_q.diagonal() - torch.logsumexp(log_q, dim=1) + math.log(len(z))
