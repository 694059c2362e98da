# The clean input is encoded always.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x)
    output = decoder(code)
    error = (output - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.mean() + sparsity * code.abs().mean()
