# torch's cross-entropy of probabilities, whose logarithms stop at -100.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    loss = F.mse_loss(output, x) if likelihood == "gaussian" else F.binary_cross_entropy(output.sigmoid(), x)
    return loss + sparsity * code.abs().mean()
