# By torch.distributions and the library's cross-entropy.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    output = decoder(z)
    if likelihood == "gaussian":
        log_p = torch.distributions.Normal(output, torch.ones_like(output)).log_prob(x)
    else:
        log_p = -F.binary_cross_entropy_with_logits(output, x, reduction="none")
    q = torch.distributions.Normal(mean_q, torch.exp(0.5 * log_var_q))
    p = torch.distributions.Normal(torch.zeros_like(mean_q), torch.ones_like(mean_q))
    kl = torch.distributions.kl_divergence(q, p)
    return log_p.reshape(len(x), -1).sum(-1) - beta * kl.reshape(len(x), -1).sum(-1)
