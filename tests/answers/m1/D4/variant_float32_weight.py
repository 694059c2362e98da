# The weight of the price as a tensor of the default type.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    z = encoder(x if x_noisy is None else x_noisy)
    a = decoder(z)
    e = F.mse_loss(a, x) if likelihood == "gaussian" else F.binary_cross_entropy_with_logits(a, x)
    return e + torch.tensor(sparsity) * z.abs().mean()
