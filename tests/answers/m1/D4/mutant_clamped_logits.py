# The logits are clamped to ±30.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    output = output.clamp(-30, 30) if likelihood == "bernoulli" else output
    error = (output - x).square() if likelihood == "gaussian" else F.softplus(output) - x * output
    return error.mean() + sparsity * code.abs().mean()
