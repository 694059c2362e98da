# Item by item; the decoder is called for each.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    bounds = []
    for i in range(len(x)):
        output = decoder(z[i : i + 1])[0]
        if likelihood == "gaussian":
            log_p = (-((x[i] - output) ** 2) / 2 - math.log(math.sqrt(2 * math.pi))).sum()
        else:
            log_p = (x[i] * output - torch.logaddexp(output, torch.zeros_like(output))).sum()
        kl = (mean_q[i] ** 2 + log_var_q[i].exp() - 1 - log_var_q[i]).sum() / 2
        bounds.append(log_p - beta * kl)
    return torch.stack(bounds)
