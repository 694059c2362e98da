# Perplexity as a plain number, an extra argument with a default.
def vector_quantize(z_e, codebook, commitment=0.25, eps=1e-12):
    with torch.no_grad():
        indices = (z_e.unsqueeze(1) - codebook).norm(dim=-1).min(dim=1)[1]
        p = torch.bincount(indices, minlength=codebook.size(0)).double() / indices.numel()
        perplexity = float((-(p * (p + eps).log()).sum()).exp())
    e = codebook[indices]
    sq1, sq2 = torch.square(e - z_e.detach()), torch.square(e.detach() - z_e)
    return (e - z_e).detach() + z_e, sq1.mean() + commitment * sq2.mean(), indices, perplexity
