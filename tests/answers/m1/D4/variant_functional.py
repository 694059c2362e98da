# The losses of torch.nn.functional.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    code = encoder(x if x_noisy is None else x_noisy)
    output = decoder(code)
    loss = F.mse_loss(output, x) if likelihood == "gaussian" else F.binary_cross_entropy_with_logits(output, x)
    if sparsity:
        loss = loss + sparsity * code.abs().mean()
    return loss
