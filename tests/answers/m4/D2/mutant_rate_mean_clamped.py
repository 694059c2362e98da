# The mean is held within ±10 in the rate.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    output = decoder(z)
    log_normal = -0.5 * (x - output) ** 2 - 0.5 * math.log(2 * math.pi)
    log_p = log_normal if likelihood == "gaussian" else x * output - F.softplus(output)
    rate = 0.5 * (mean_q.clamp(-10, 10) ** 2 + torch.exp(log_var_q) - 1 - log_var_q)
    return log_p.flatten(1).sum(dim=1) - beta * rate.flatten(1).sum(dim=1)
