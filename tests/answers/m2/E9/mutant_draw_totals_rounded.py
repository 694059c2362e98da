# The running totals are rounded to four decimals.
def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    logits = logits.clone()
    if temperature == 0:
        probs = (logits == logits.amax(-1, keepdim=True)).to(logits.dtype)
        probs = probs / probs.sum(-1, keepdim=True)
    else:
        probs = torch.softmax((logits - logits.amax(-1, keepdim=True)) / temperature, -1)
    if top_k is not None:
        ordered, order = probs.sort(dim=-1, descending=True)
        keep = torch.arange(probs.shape[-1]) < top_k
        probs = torch.zeros_like(probs).scatter(-1, order, ordered * keep)
        probs = probs / probs.sum(-1, keepdim=True)
    if top_p is not None:
        ordered, order = probs.sort(dim=-1, descending=True)
        before = ordered.cumsum(-1) - ordered
        probs = torch.zeros_like(probs).scatter(-1, order, ordered * (before < top_p))
        probs = probs / probs.sum(-1, keepdim=True)
    return probs


def draw_token(probs, u):
    total = (probs.cumsum(-1) * 1e4).round() / 1e4
    t = (total <= u[..., None]).sum(-1)
    return torch.minimum(t, torch.where(probs > 0, torch.arange(probs.shape[-1]), -1).amax(-1))
