# The first row's noise for all rows.
def gumbel_softmax(logits: Tensor, u: Tensor, temperature: float, hard: bool = False) -> Tensor:
    u = u.reshape(-1, u.shape[-1])[:1].expand(u.numel() // u.shape[-1], -1).reshape(u.shape)
    noisy = logits - torch.log(-torch.log(u))
    soft = torch.softmax(noisy / temperature, dim=-1)
    if not hard:
        return soft
    one_hot = F.one_hot(noisy.argmax(dim=-1), logits.shape[-1]).to(soft.dtype)
    return soft + (one_hot - soft).detach()
