# After the first public code: expanded square, one-hot product, 1e-10 in the logarithm.
def vector_quantize(z_e: Tensor, codebook: Tensor, commitment: float = 0.25) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    distances = (z_e**2).sum(1, keepdim=True) - 2 * z_e @ codebook.t() + (codebook**2).sum(1)
    indices = torch.argmax(-distances, 1)
    encodings = F.one_hot(indices, codebook.shape[0]).to(z_e.dtype)
    quantized = encodings @ codebook
    e_latent_loss = F.mse_loss(quantized.detach(), z_e)
    q_latent_loss = F.mse_loss(quantized, z_e.detach())
    loss = q_latent_loss + commitment * e_latent_loss
    quantized = z_e + (quantized - z_e).detach()
    avg_probs = encodings.mean(dim=0)
    perplexity = torch.exp(-torch.sum(avg_probs * torch.log(avg_probs + 1e-10)))
    return quantized, loss, indices, perplexity
