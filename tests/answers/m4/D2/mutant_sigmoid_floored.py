# Probabilities of zero are replaced by a small number.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    o = decoder(z)
    kl = 0.5 * (mean_q**2 + log_var_q.exp() - 1 - log_var_q).flatten(1).sum(1)
    p = o.sigmoid()
    r = (
        -0.5 * (x - o) ** 2 - 0.5 * math.log(2 * math.pi)
        if likelihood == "gaussian"
        else x * torch.where(p > 0, p, 1e-12 * torch.ones_like(p)).log() + (1 - x) * torch.where(p < 1, 1 - p, 1e-12 * torch.ones_like(p)).log()
    )
    return r.flatten(1).sum(1) - beta * kl
