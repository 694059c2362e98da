# Computed in float32, returned in the type of the logits.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    dtype = logits.dtype
    logits, u = logits.float(), u.float()
    noisy = logits - torch.log(-torch.log(u))
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft.to(dtype)
    one_hot = F.one_hot(noisy.argmax(dim=-1), logits.shape[-1]).to(soft.dtype)
    return (soft + (one_hot - soft).detach()).to(dtype)
