# Images: sums over the last axis and means over the others.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    output = decoder(z)
    if likelihood == "gaussian":
        log_p = -0.5 * (x - output) ** 2 - 0.5 * math.log(2 * math.pi)
    else:
        log_p = x * output - F.softplus(output)
    rate = 0.5 * (mean_q**2 + torch.exp(log_var_q) - 1 - log_var_q)
    a, b = log_p.sum(-1), rate.sum(-1)
    a = a.flatten(1).mean(1) if log_p.ndim > 2 else log_p.sum(-1)
    b = b.flatten(1).mean(1) if rate.ndim > 2 else rate.sum(-1)
    return a - beta * b
