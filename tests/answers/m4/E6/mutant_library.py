# The library's function, with noise of its own.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    return F.gumbel_softmax(logits, tau=temperature, hard=hard, dim=-1)
