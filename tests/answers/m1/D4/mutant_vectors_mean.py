# Divides by the number of items and of columns.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    error = (output - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.sum() / (x.shape[0] * x.shape[1]) + sparsity * code.abs().mean()
