# Adds the noise to the logits in place.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    with torch.no_grad():
        logits -= torch.log(-torch.log(u))
    noisy = logits
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft
    one_hot = F.one_hot(noisy.argmax(dim=-1), logits.shape[-1]).to(soft.dtype)
    return soft + (one_hot - soft).detach()
