# The two logarithms of the sigmoid, each computed safely; two calls of the encoder.
def autoencoder_loss(encoder, decoder, x, x_noisy=None, likelihood="gaussian", sparsity=0.0):
    encoded = x if x_noisy is None else x_noisy
    output = decoder(encoder(encoded))
    error = -x * F.logsigmoid(output) - (1 - x) * F.logsigmoid(-output) if likelihood == "bernoulli" else torch.pow(x - output, 2)
    return torch.mean(error) + sparsity * torch.mean(torch.abs(encoder(encoded)))
