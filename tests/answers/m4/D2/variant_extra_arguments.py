# Returns the bound from two helpers; an extra argument with a default.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0, verbose=False):
    output = decoder(z)
    error = F.mse_loss(output, x, reduction="none") if likelihood == "gaussian" else F.binary_cross_entropy_with_logits(output, x, reduction="none")
    if likelihood == "gaussian":
        error = (error + math.log(2 * math.pi)) / 2
    axes = tuple(range(1, x.ndim))
    rate = (torch.expm1(log_var_q) - log_var_q + mean_q.square()).sum(tuple(range(1, mean_q.ndim))) / 2
    return -error.sum(axes) - beta * rate
