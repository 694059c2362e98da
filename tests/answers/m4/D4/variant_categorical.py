# Entropy from a distribution object; the last of equally near codes; topk.
def vector_quantize(z_e: Tensor, codebook: Tensor, commitment: float = 0.25) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    indices = (
        torch.cdist(z_e.detach(), codebook.detach(), compute_mode="donot_use_mm_for_euclid_dist").topk(1, dim=1, largest=False).indices.squeeze(1)
    )
    code = codebook.gather(0, indices[:, None].expand(-1, codebook.shape[1]))
    loss = torch.nn.MSELoss()(code, z_e.detach()) + commitment * torch.nn.MSELoss()(code.detach(), z_e)
    counts = torch.zeros(codebook.shape[0]).scatter_add_(0, indices, torch.ones(len(indices)))
    perplexity = torch.distributions.Categorical(probs=counts / counts.sum()).entropy().exp()
    return code.detach() + (z_e - z_e.detach()), loss, indices, perplexity
