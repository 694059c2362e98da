# The target is the noisy input.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    target = x if x_noisy is None else x_noisy
    code = encoder(target)
    output = decoder(code)
    error = (output - target).square() if likelihood == "gaussian" else F.softplus(output) - target * output
    return error.mean() + sparsity * code.abs().mean()
