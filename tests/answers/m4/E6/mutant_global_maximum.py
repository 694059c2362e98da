# One maximum for the whole batch is subtracted.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    noisy = logits - torch.log(-torch.log(u))
    soft = torch.exp((noisy - noisy.max()) / temperature)
    soft = soft / soft.sum(-1, keepdim=True)
    if not hard:
        return soft
    one_hot = F.one_hot(noisy.argmax(dim=-1), logits.shape[-1]).to(soft.dtype)
    return soft + (one_hot - soft).detach()
