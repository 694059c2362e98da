# Error and price are weighed against each other.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    error = (output - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return (1 - sparsity) * error.mean() + sparsity * code.abs().mean()
