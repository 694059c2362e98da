# The rebuilt input is clamped to [0, 1].
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    error = (output.clamp(0, 1) - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.mean() + sparsity * code.abs().mean()
