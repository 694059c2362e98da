# The library's multivariate normal with a diagonal factor.
def mdn_nll(y, logits, means, log_scales):
    mvn = torch.distributions.MultivariateNormal(means, scale_tril=torch.diag_embed(log_scales.exp()))
    return -(torch.log_softmax(logits, 1) + mvn.log_prob(y.unsqueeze(1))).logsumexp(1)
