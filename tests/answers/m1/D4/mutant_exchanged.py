# Clean and noisy are exchanged.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x)
    output = decoder(code)
    target = x if x_noisy is None else x_noisy
    error = (output - target).square() if likelihood == "gaussian" else F.softplus(output) - target * output
    return error.mean() + sparsity * code.abs().mean()
