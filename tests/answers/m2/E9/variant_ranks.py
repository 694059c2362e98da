# Ranks by NumPy in float64, cast back at the end.
def next_probs(logits, temperature=1.0, top_k=None, top_p=None):
    x = logits.detach().numpy().astype(np.float64)
    x = x - x.max(-1, keepdims=True)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        p = np.exp(x / temperature) if temperature > 0 else (x == 0).astype(float)
    p /= p.sum(-1, keepdims=True)
    rank = np.argsort(np.argsort(-p, -1, kind="stable"), -1)
    if top_k is not None:
        p = np.where(rank < top_k, p, 0.0)
        p /= p.sum(-1, keepdims=True)
    if top_p is not None:
        heavier = np.take_along_axis(np.cumsum(-np.sort(-p, -1), -1) + np.sort(-p, -1), rank, -1)
        p = np.where(heavier < top_p, p, 0.0)
        p /= p.sum(-1, keepdims=True)
    return torch.from_numpy(p).to(logits.dtype)


def draw_token(probs, u):
    p, r = probs.numpy(), u.numpy()
    total = np.cumsum(p, -1)
    hit = (total > r[..., None]) & (p > 0)
    last = p.shape[-1] - 1 - np.argmax((p > 0)[..., ::-1], -1)
    return torch.as_tensor(np.where(hit.any(-1), hit.argmax(-1), last), dtype=torch.int64)
