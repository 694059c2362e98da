# The rate by a general divergence under a short private name.
def _kl(mean_q, log_var_q, mean_p, log_var_p):
    d = log_var_q - log_var_p
    return 0.5 * (d.exp() + (mean_q - mean_p) ** 2 / log_var_p.exp() - 1 - d).flatten(1).sum(1)


def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    o = decoder(z)
    r = -0.5 * (x - o) ** 2 - 0.5 * math.log(2 * math.pi) if likelihood == "gaussian" else x * o - F.softplus(o)
    return r.flatten(1).sum(1) - beta * _kl(mean_q, log_var_q, torch.zeros_like(mean_q), torch.zeros_like(log_var_q))
