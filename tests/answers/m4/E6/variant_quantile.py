# Gumbel noise as a function of its own, softmax by the library's log_softmax, one-hot by comparison with the largest.
def gumbel_quantile(u: Tensor) -> Tensor:
    return -torch.log(torch.negative(torch.log(u)))


def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    scores = (logits + gumbel_quantile(u)).div(temperature)
    soft = scores.log_softmax(-1).exp()
    if hard:
        best = scores.detach().argmax(-1, keepdim=True)
        value = torch.zeros_like(soft).scatter(-1, best, torch.ones_like(soft))
        return value + soft - soft.detach()
    return soft
