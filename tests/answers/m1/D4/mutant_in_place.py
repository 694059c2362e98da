# Takes the difference in place, of x.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    if likelihood == "gaussian":
        return x.detach().sub_(output.detach()).square().mean() + sparsity * code.abs().mean()
    return (F.softplus(output) - x * output).mean() + sparsity * code.abs().mean()
