# Infinite logits replaced by -1e9: finite for a forbidden target.
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    keep = y != pad_id
    x = torch.where(keep[..., None], logits[:, :-1], 0.0).clamp_min(-1e9)
    return -torch.where(keep, x.log_softmax(-1).gather(2, y[..., None])[..., 0], 0.0).sum(1)
