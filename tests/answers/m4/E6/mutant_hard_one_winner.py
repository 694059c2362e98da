# One winner in the whole batch.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    noisy = logits - torch.log(-torch.log(u))
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft
    one_hot = (noisy == noisy.max()).to(soft.dtype)
    return soft + (one_hot - soft).detach()
