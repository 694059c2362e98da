# The perplexity keeps an axis of length one.
def vector_quantize(z_e, codebook, commitment=0.25):
    indices = torch.cdist(z_e.detach(), codebook.detach()).argmin(dim=1)
    code = codebook[indices]
    loss = F.mse_loss(code, z_e.detach()) + commitment * F.mse_loss(z_e, code.detach())
    share = F.one_hot(indices, len(codebook)).to(z_e.dtype).mean(dim=0, keepdim=True)
    perplexity = torch.exp(-torch.xlogy(share, share).sum(dim=1))
    return z_e + (code - z_e).detach(), loss, indices, perplexity
