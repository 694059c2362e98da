# A first token that is padding is scored as uniform.
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    keep = y != pad_id
    x = torch.where(keep[..., None], logits[:, :-1], 0.0)
    return (tokens[:, 0] == pad_id) * math.log(logits.shape[2]) - torch.where(keep, x.log_softmax(-1).gather(2, y[..., None])[..., 0], 0.0).sum(1)
