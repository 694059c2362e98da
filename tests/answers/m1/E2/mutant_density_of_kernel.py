# Kernel densities, divided by N.
def kernel_mean(x, y, query, width):
    weights = torch.distributions.Normal(x, width).log_prob(query[:, None]).exp() / len(x)
    return weights @ y


def kernel_draw(x, y, query, width, u):
    weights = torch.distributions.Normal(x, width).log_prob(query[:, None]).exp() / len(x)
    return y[(weights.cumsum(dim=1) <= u[:, None]).sum(dim=1).clamp(max=len(y) - 1)]
