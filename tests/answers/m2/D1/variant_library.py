# torch's own mixture distribution.
def mdn_nll(y, logits, means, log_scales):
    mixture = torch.distributions.Categorical(logits=logits)
    parts = torch.distributions.Independent(torch.distributions.Normal(means, log_scales.exp()), 1)
    return -torch.distributions.MixtureSameFamily(mixture, parts).log_prob(y)
