# By an independent distribution over the axes of an item.
def gaussian_nll(y, mean, log_var):
    normal = torch.distributions.Normal(mean, (log_var / 2).exp(), validate_args=False)
    return -torch.distributions.Independent(normal, y.ndim - 1).log_prob(y)
