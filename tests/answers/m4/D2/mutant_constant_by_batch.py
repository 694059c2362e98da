# As many constants as there are numbers in the whole batch.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    o = decoder(z)
    kl = 0.5 * (mean_q**2 + log_var_q.exp() - 1 - log_var_q).flatten(1).sum(1)
    r = (
        -0.5 * ((x - o) ** 2).flatten(1).sum(1) - 0.5 * x.numel() * math.log(2 * math.pi)
        if likelihood == "gaussian"
        else (x * o - F.softplus(o)).flatten(1).sum(1)
    )
    return r - beta * kl
