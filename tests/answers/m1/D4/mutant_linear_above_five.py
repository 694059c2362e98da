# log(1 + exp a) is taken for a above 5.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    z = encoder(x if x_noisy is None else x_noisy)
    a = decoder(z)
    e = (a - x).square() if likelihood == "gaussian" else torch.where(a > 5, a, torch.log1p(torch.exp(a.clamp(max=5)))) - x * a
    return e.mean() + sparsity * z.abs().mean()
