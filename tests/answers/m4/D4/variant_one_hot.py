# The expanded square for the search, a one-hot product for the codes, a small constant in the logarithm, as in much published code.
def vector_quantize(z_e, codebook, commitment=0.25):
    squares = (z_e**2).sum(1, keepdim=True) - 2 * z_e @ codebook.T + (codebook**2).sum(1)
    indices = torch.argmin(squares, dim=1)
    encodings = torch.zeros(z_e.shape[0], codebook.shape[0], dtype=z_e.dtype)
    encodings.scatter_(1, indices[:, None], 1)
    quantized = encodings @ codebook
    loss = F.mse_loss(quantized, z_e.detach()) + commitment * F.mse_loss(quantized.detach(), z_e)
    average = encodings.mean(0)
    perplexity = torch.exp(-torch.sum(average * torch.log(average + 1e-10)))
    return z_e + (quantized - z_e).detach(), loss, indices, perplexity
