# Ignores beta.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    output = decoder(z)
    if likelihood == "gaussian":
        log_p = -0.5 * (x - output) ** 2 - 0.5 * math.log(2 * math.pi)
    else:
        log_p = x * output - F.softplus(output)
    rate = 0.5 * (mean_q**2 + torch.exp(log_var_q) - 1 - log_var_q)
    return log_p.flatten(1).sum(1) - rate.flatten(1).sum(1)
