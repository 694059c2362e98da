# By torch.distributions, from the standard deviation.
def gaussian_nll(y, mean, log_var):
    terms = -torch.distributions.Normal(mean, torch.exp(0.5 * log_var)).log_prob(y)
    return terms.reshape(len(y), -1).sum(dim=1)
