# The variance is held below e^80, as against overflow in float32.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    output = decoder(z)
    log_normal = -0.5 * (x - output) ** 2 - 0.5 * math.log(2 * math.pi)
    log_p = log_normal if likelihood == "gaussian" else x * output - F.softplus(output)
    rate = 0.5 * (mean_q**2 + torch.exp(log_var_q.clamp(max=80)) - 1 - log_var_q)
    return log_p.flatten(1).sum(dim=1) - beta * rate.flatten(1).sum(dim=1)
