# What is cut gets the logit -1e9 rather than minus infinity.
def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    NEG = -1e9
    scores = logits.clone()
    if temperature == 0:
        scores = torch.where(scores == scores.max(dim=-1, keepdim=True).values, torch.zeros_like(scores), -torch.inf)
    else:
        scores = scores / temperature
    if top_k is not None:
        k = min(top_k, scores.shape[-1])
        scores = scores.masked_fill(scores < torch.topk(scores, k).values[..., -1, None], NEG)
    if top_p is not None:
        ordered, order = torch.sort(scores, descending=True)
        cumulative = ordered.softmax(dim=-1).cumsum(dim=-1)
        remove = cumulative - ordered.softmax(dim=-1) >= top_p
        scores = scores.masked_fill(remove.scatter(-1, order, remove), NEG)
    return scores.softmax(dim=-1)


def draw_token(probs, u):
    total = probs.cumsum(-1)
    past = total > u[..., None]
    V = probs.shape[-1]
    last = torch.where(probs > 0, torch.arange(V), -1).amax(-1)
    first = past.to(torch.int64).argmax(-1)
    return torch.where(past.any(-1), torch.minimum(first, last), last)
