# Top-k by the k-th largest value, which keeps all that equal it; a walk over the vocabulary.
def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    if temperature == 0:
        best = (logits == logits.amax(-1, keepdim=True)).to(logits.dtype)
        probs = best / best.sum(-1, keepdim=True)
    else:
        probs = torch.log_softmax(logits / temperature, dim=-1).exp()
    if top_k is not None and top_k < probs.shape[-1]:
        limit = probs.kthvalue(probs.shape[-1] - top_k + 1, dim=-1, keepdim=True).values
        probs = probs * (probs >= limit)
        probs = probs / probs.sum(-1, keepdim=True)
    if top_p is not None:
        order = torch.argsort(probs, dim=-1, descending=True, stable=True)
        sorted_probs = torch.take_along_dim(probs, order, dim=-1)
        exclusive = torch.cat([torch.zeros_like(sorted_probs[..., :1]), sorted_probs.cumsum(-1)[..., :-1]], dim=-1)
        keep = torch.take_along_dim(exclusive < top_p, torch.argsort(order, dim=-1), dim=-1)
        probs = probs * keep
        probs = probs / probs.sum(-1, keepdim=True)
    return probs


def draw_token(probs, u):
    token = torch.zeros(u.shape, dtype=torch.long)
    done = torch.zeros(u.shape, dtype=torch.bool)
    total = torch.zeros_like(u)
    for i in range(probs.shape[-1]):
        total = total + probs[..., i]
        token = torch.where(~done & (probs[..., i] > 0), i, token)
        done = done | ((total > u) & (probs[..., i] > 0))
    return token
