# Bounds the squared distance to the lower prior at ten thousand.
def mixture_log_prior(z, logits, means, log_vars):
    squared = (z[:, None] - means) ** 2 * torch.exp(-log_vars)
    log_normal = -0.5 * (squared + log_vars + math.log(2 * math.pi)).sum(dim=2)
    return torch.logsumexp(torch.log_softmax(logits, dim=0) + log_normal, dim=1)


def hierarchical_kl(mean_1, log_var_1, mean_2, log_var_2, z_2, prior):
    prior_mean, prior_log_var = prior(z_2).chunk(2, dim=1)
    top = 0.5 * (mean_2**2 + torch.exp(log_var_2) - 1 - log_var_2).sum(dim=1)
    ratio = torch.exp(log_var_1 - prior_log_var) + ((mean_1 - prior_mean) ** 2 * torch.exp(-prior_log_var)).clamp(max=1e4)
    return top + 0.5 * (ratio - 1 + prior_log_var - log_var_1).sum(dim=1)
