# Logits cut to minus infinity, the nucleus found from the least likely token up.
def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    scores = logits.clone()
    if temperature == 0:
        scores = torch.where(scores == scores.max(dim=-1, keepdim=True).values, torch.zeros_like(scores), -torch.inf)
    else:
        scores = (scores - scores.max(dim=-1, keepdim=True).values) / temperature
    if top_k is not None:
        k = min(top_k, scores.shape[-1])
        scores = scores.masked_fill(scores < torch.topk(scores, k).values[..., -1, None], -torch.inf)
    if top_p is not None:
        ordered, order = torch.sort(scores, descending=False)
        cumulative = ordered.softmax(dim=-1).cumsum(dim=-1)
        remove = cumulative <= 1 - top_p
        remove[..., -1:] = False
        scores = scores.masked_fill(remove.scatter(-1, order, remove), -torch.inf)
    return scores.softmax(dim=-1)


def draw_token(probs, u):
    cumulative = probs.cumsum(-1)
    token = (cumulative <= u.unsqueeze(-1)).sum(-1)
    V = probs.shape[-1]
    last = V - 1 - (probs > 0).flip(-1).int().argmax(-1)
    return torch.minimum(token, last)
