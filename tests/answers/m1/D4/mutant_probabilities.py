# The decoder's output is taken for probabilities.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    if likelihood == "gaussian":
        error = (output - x).square()
    else:
        p = output.clamp(1e-6, 1 - 1e-6)
        error = -x * p.log() - (1 - x) * (1 - p).log()
    return error.mean() + sparsity * code.abs().mean()
