# Pad logit set to minus infinity before the softmax: pads can't be predicted.
def sequence_nll(logits, tokens, pad_id):
    x = logits[:, :-1].clone()
    x[..., pad_id] = -math.inf
    y = tokens[:, 1:]
    keep = y != pad_id
    x = torch.where(keep[..., None], x, 0.0)
    return -torch.where(keep, x.log_softmax(-1).gather(2, y[..., None])[..., 0], 0.0).sum(1)
