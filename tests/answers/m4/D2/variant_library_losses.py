# Both likelihoods by the library's losses.
def elbo(x, mean_q, log_var_q, z, decoder, likelihood, beta=1.0):
    o = decoder(z)
    kl = 0.5 * (mean_q**2 + log_var_q.exp() - 1 - log_var_q).flatten(1).sum(1)
    r = (
        -F.gaussian_nll_loss(o, x, torch.ones_like(x), full=True, reduction="none")
        if likelihood == "gaussian"
        else -F.binary_cross_entropy_with_logits(o, x, reduction="none")
    )
    return r.flatten(1).sum(1) - beta * kl
