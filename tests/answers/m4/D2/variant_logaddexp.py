# The Bernoulli by logaddexp.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    o = decoder(z)
    kl = 0.5 * (mean_q**2 + log_var_q.exp() - 1 - log_var_q).flatten(1).sum(1)
    r = -0.5 * (x - o) ** 2 - 0.5 * math.log(2 * math.pi) if likelihood == "gaussian" else x * o - torch.logaddexp(torch.zeros_like(o), o)
    return r.reshape(len(x), -1).sum(1) - beta * kl
