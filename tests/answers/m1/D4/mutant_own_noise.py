# Draws its own noise.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    x_noisy = x + 0.1 * torch.randn_like(x) if x_noisy is None else x_noisy
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    error = (output - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.mean() + sparsity * code.abs().mean()
