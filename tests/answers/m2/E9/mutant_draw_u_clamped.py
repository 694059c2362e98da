# u is kept between 1e-7 and 1 - 1e-7.
def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    largest = logits.amax(dim=-1, keepdim=True)
    if temperature == 0:
        probs = (logits == largest).to(logits)
        probs = probs / probs.sum(dim=-1, keepdim=True)
    else:
        probs = torch.softmax((logits - largest) / temperature, dim=-1)
    probs, places = probs.sort(dim=-1, descending=True)
    if top_k is not None:
        probs = torch.where(torch.arange(probs.shape[-1]) < top_k, probs, 0)
        probs = probs / probs.sum(dim=-1, keepdim=True)
    if top_p is not None:
        probs = torch.where(probs.cumsum(dim=-1) - probs < top_p, probs, 0)
        probs = probs / probs.sum(dim=-1, keepdim=True)
    return torch.zeros_like(probs).scatter(-1, places, probs)


def draw_token(probs, u):
    passed = (probs.cumsum(dim=-1) <= u.clamp(1e-7, 1 - 1e-7)[..., None]).sum(dim=-1)
    last = probs.shape[-1] - 1 - (probs.flip(-1) > 0).long().argmax(dim=-1)
    return torch.minimum(passed, last)
