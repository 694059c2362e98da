# Right: quotients of variances instead of differences of logarithms.
def mixture_log_prior(z: Tensor, logits: Tensor, means: Tensor, log_vars: Tensor) -> Tensor:
    difference = z[:, None] - means  # (B, K, D)
    squared = (difference**2 / torch.exp(log_vars)).sum(dim=2)
    log_normal = -0.5 * (squared + log_vars.sum(dim=1) + z.shape[1] * math.log(2 * math.pi))
    return torch.logsumexp(torch.log_softmax(logits, dim=0) + log_normal, dim=1)


def hierarchical_kl(mean_1: Tensor, log_var_1: Tensor, mean_2: Tensor, log_var_2: Tensor, z_2: Tensor, prior) -> Tensor:
    mean_p, log_var_p = prior(z_2).chunk(2, dim=1)
    top = 0.5 * (mean_2**2 + torch.exp(log_var_2) - 1 - log_var_2).sum(dim=1)
    ratio = (torch.exp(log_var_1) + (mean_1 - mean_p) ** 2) / torch.exp(log_var_p)
    low = 0.5 * (ratio - 1 + log_var_p - log_var_1).sum(dim=1)
    return top + low
