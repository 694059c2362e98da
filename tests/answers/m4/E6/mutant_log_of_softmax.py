# Logarithm of the softmax of the logits: minus infinity where they are far apart.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    noisy = torch.log(torch.softmax(logits, dim=-1)) - torch.log(-torch.log(u))
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft
    one_hot = F.one_hot(noisy.argmax(dim=-1), logits.shape[-1]).to(soft.dtype)
    return soft + (one_hot - soft).detach()
