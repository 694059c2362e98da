# The price is forgotten for the Bernoulli likelihood.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    if likelihood == "bernoulli":
        return (F.softplus(output) - x * output).mean()
    return (output - x).square().mean() + sparsity * code.abs().mean()
