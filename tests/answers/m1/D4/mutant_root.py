# The root of the mean squared error.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    error = (output - x).square().mean().sqrt() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.mean() + sparsity * code.abs().mean()
