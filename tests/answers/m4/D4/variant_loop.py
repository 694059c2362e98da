# Rows one by one, perplexity as a Python number in a tensor.
def vector_quantize(z_e: Tensor, codebook: Tensor, commitment: float = 0.25) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    chosen = []
    for row in z_e.detach():
        gaps = [float(((row - code) ** 2).sum()) for code in codebook.detach()]
        chosen.append(gaps.index(min(gaps)))
    first, second = [], []
    for row, j in zip(z_e, chosen):
        first.append((codebook[j] - row.detach()).pow(2).sum())
        second.append((row - codebook[j].detach()).pow(2).sum())
    elements = z_e.numel()
    loss = sum(first) / elements + commitment * sum(second) / elements
    entropy = 0.0
    for j in set(chosen):
        p = chosen.count(j) / len(chosen)
        entropy -= p * math.log(p)
    z_q = torch.stack([row + (codebook[j] - row).detach() for row, j in zip(z_e, chosen)])
    return z_q, loss, torch.tensor(chosen), torch.tensor(math.exp(entropy))
