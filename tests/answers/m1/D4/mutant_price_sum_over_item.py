# The price is the sum over an item's codes, mean over the batch.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    error = (output - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.mean() + sparsity * code.abs().flatten(1).sum(1).mean()
