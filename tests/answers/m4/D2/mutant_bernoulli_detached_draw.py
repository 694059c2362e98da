# The Bernoulli decodes a draw without gradients.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    o = decoder(z) if likelihood == "gaussian" else decoder(z.detach())
    kl = 0.5 * (mean_q**2 + log_var_q.exp() - 1 - log_var_q).flatten(1).sum(1)
    r = -0.5 * (x - o) ** 2 - 0.5 * math.log(2 * math.pi) if likelihood == "gaussian" else x * o - F.softplus(o)
    return r.flatten(1).sum(1) - beta * kl
