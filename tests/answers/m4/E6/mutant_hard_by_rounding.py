# One-hot by rounding: no winner where none has more than a half.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    noisy = logits - torch.log(-torch.log(u))
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft
    one_hot = soft.round()
    return soft + (one_hot - soft).detach()
