# Reads the log-variances of the mixture as log-precisions.
def mixture_log_prior(z: Tensor, logits: Tensor, means: Tensor, log_vars: Tensor) -> Tensor:
    difference = z[:, None] - means  # (B, K, D)
    log_normal = -0.5 * (difference**2 * torch.exp(log_vars) - log_vars + math.log(2 * math.pi)).sum(dim=2)
    return torch.logsumexp(torch.log_softmax(logits, dim=0) + log_normal, dim=1)


def hierarchical_kl(mean_1: Tensor, log_var_1: Tensor, mean_2: Tensor, log_var_2: Tensor, z_2: Tensor, prior) -> Tensor:
    mean_p, log_var_p = prior(z_2).chunk(2, dim=1)
    top = 0.5 * (mean_2**2 + torch.exp(log_var_2) - 1 - log_var_2).sum(dim=1)
    ratio = torch.exp(log_var_1 - log_var_p) + (mean_1 - mean_p) ** 2 * torch.exp(-log_var_p)
    low = 0.5 * (ratio - 1 + log_var_p - log_var_1).sum(dim=1)
    return top + low
