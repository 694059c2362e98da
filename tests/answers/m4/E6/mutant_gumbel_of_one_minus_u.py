# Gumbel noise of 1 - u: another draw than the specified one.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    noisy = logits - torch.log(-torch.log1p(-u))
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft
    one_hot = F.one_hot(noisy.argmax(dim=-1), logits.shape[-1]).to(soft.dtype)
    return soft + (one_hot - soft).detach()
