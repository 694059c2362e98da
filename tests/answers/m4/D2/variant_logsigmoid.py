# The Bernoulli by logarithms of sigmoids; the constant once per item.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    output = decoder(z).flatten(1)
    x, mean_q, log_var_q = x.flatten(1), mean_q.flatten(1), log_var_q.flatten(1)
    if likelihood == "bernoulli":
        reconstruction = (x * F.logsigmoid(output) + (1 - x) * F.logsigmoid(-output)).sum(1)
    else:
        reconstruction = -0.5 * ((x - output) ** 2).sum(1) - 0.5 * x.shape[1] * math.log(2 * math.pi)
    kl = -0.5 * (1 + log_var_q - mean_q.pow(2) - log_var_q.exp()).sum(1)
    return reconstruction - beta * kl
