# Gumbel noise by the quantile function of a distribution object.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    gumbel = torch.distributions.Gumbel(torch.zeros((), dtype=u.dtype), torch.ones((), dtype=u.dtype), validate_args=False)
    scores = logits + gumbel.icdf(u)
    soft = F.softmax(scores / temperature, dim=-1)
    return soft if not hard else F.one_hot(scores.argmax(-1), scores.shape[-1]).to(soft) + soft - soft.detach()
