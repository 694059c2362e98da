# A small number inside the logarithms.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    if likelihood == "gaussian":
        error = (output - x).square()
    else:
        p = output.sigmoid()
        error = -x * (p + 1e-8).log() - (1 - x) * (1 - p + 1e-8).log()
    return error.mean() + sparsity * code.abs().mean()
