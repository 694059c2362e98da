# One number an item.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    error = (output - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.flatten(1).mean(1) + sparsity * code.abs().flatten(1).mean(1)
