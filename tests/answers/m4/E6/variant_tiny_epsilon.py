# 1e-20 in both logarithms, as in much public code; maximum subtracted by hand.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    eps = 1e-20
    g = -torch.log(-torch.log(u + eps) + eps)
    y = (logits + g) / temperature
    y = y - y.max(dim=-1, keepdim=True).values.detach()
    y = y.exp() / y.exp().sum(dim=-1, keepdim=True)
    if hard:
        k = y.max(dim=-1, keepdim=True)[1]
        one = torch.zeros_like(logits).scatter(-1, k, 1.0)
        return (one - y).detach() + y
    return y
