# No gradient reaches x through the encoder when x itself is encoded.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    z = encoder(x.detach() if x_noisy is None else x_noisy)
    a = decoder(z)
    e = (a - x).square() if likelihood == "gaussian" else F.softplus(a) - x * a
    return e.mean() + sparsity * z.abs().mean()
