# Cuts as -inf in the logits; top-k by topk; searchsorted.
def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    size = logits.shape[-1]
    if temperature == 0:
        scaled = torch.where(logits == logits.max(dim=-1, keepdim=True).values, torch.zeros_like(logits), torch.full_like(logits, -torch.inf))
    else:
        scaled = logits / temperature
    if top_k is not None:
        best = torch.topk(scaled, min(top_k, size), dim=-1).indices
        keep = torch.zeros_like(scaled, dtype=torch.bool).scatter_(-1, best, True)
        scaled = scaled.masked_fill(~keep, -torch.inf)
    if top_p is not None:
        ordered, places = torch.sort(scaled, dim=-1, descending=True)
        total = torch.cumsum(torch.softmax(ordered, dim=-1), dim=-1)
        drop = total >= top_p
        drop = torch.cat([torch.zeros_like(drop[..., :1]), drop[..., :-1]], dim=-1)
        scaled = scaled.masked_fill(torch.zeros_like(drop).scatter(-1, places, drop), -torch.inf)
    return torch.softmax(scaled, dim=-1)


def draw_token(probs, u):
    index = torch.searchsorted(probs.cumsum(-1).contiguous(), u[..., None].contiguous(), right=True)[..., 0]
    positions = torch.arange(probs.shape[-1], device=probs.device).expand(probs.shape)
    return torch.minimum(index, positions.masked_fill(probs <= 0, 0).amax(-1))
