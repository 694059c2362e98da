# Everything inside no_grad.
@torch.no_grad()
def vector_quantize(z_e: Tensor, codebook: Tensor, commitment: float = 0.25) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    indices = ((z_e.detach()[:, None] - codebook.detach()) ** 2).sum(dim=2).argmin(dim=1)
    code = codebook[indices]
    loss = F.mse_loss(code, z_e.detach()) + commitment * F.mse_loss(z_e, code.detach())
    share = torch.bincount(indices, minlength=len(codebook)).to(z_e.dtype) / len(z_e)
    perplexity = torch.exp(-torch.xlogy(share, share).sum())
    return z_e + (code - z_e).detach(), loss, indices, perplexity
