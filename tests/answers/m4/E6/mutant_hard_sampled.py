# Hard: a second draw, from the soft result.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    noisy = logits - torch.log(-torch.log(u))
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft
    dice = torch.Generator().manual_seed(0)
    k = torch.multinomial(soft.detach().reshape(-1, soft.shape[-1]), 1, generator=dice).reshape(soft.shape[:-1])
    return soft + (F.one_hot(k, logits.shape[-1]).to(soft.dtype) - soft).detach()
