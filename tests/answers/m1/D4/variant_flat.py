# Flattens after the networks, not before.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    if x_noisy is None:
        x_noisy = x
    code = encoder(x_noisy)
    out, target = decoder(code).flatten(1), x.flatten(1)
    per_item = (target - out).square().mean(1) if likelihood == "gaussian" else (torch.logaddexp(out, torch.zeros_like(out)) - target * out).mean(1)
    price = code.flatten(1).abs().mean(1)
    return (per_item + sparsity * price).mean()
