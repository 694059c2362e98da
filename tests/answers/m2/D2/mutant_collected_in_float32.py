# Sums collected in float32.
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    keep = y != pad_id
    out = torch.zeros(len(tokens))
    x = torch.where(keep[..., None], logits[:, :-1], 0.0)
    return out - torch.where(keep, x.log_softmax(-1).gather(2, y[..., None])[..., 0], 0.0).sum(1).float()
