# torch.distributions for the densities, torch.maximum for the floor, std squared for the variance.
def active_units(mean_q, log_var_q, threshold=0.01):
    return torch.std(mean_q, dim=0, unbiased=False).square().gt(threshold)


def free_bits(kl, floor):
    mean = torch.mean(kl, 0)
    return torch.maximum(mean, torch.full_like(mean, floor)).sum()


def latent_information(z, mean_q, log_var_q):
    q = torch.distributions.Independent(torch.distributions.Normal(mean_q, torch.exp(log_var_q / 2)), 1)
    log_q = q.log_prob(z.unsqueeze(1))
    own = torch.diagonal(log_q)
    return own - (torch.logsumexp(log_q, 1) - math.log(z.shape[0]))
