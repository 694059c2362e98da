# Sums over items and their number of elements.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    total = 0
    for b in range(len(x)):
        a, target = output[b], x[b]
        if likelihood == "gaussian":
            total = total + ((a - target) ** 2).sum()
        else:
            total = total + (a.clamp(min=0) + torch.log1p(torch.exp(-a.abs())) - target * a).sum()
    return total / x.numel() + sparsity * code.norm(p=1) / code.numel()
