# Infinite costs are taken for padding and dropped.
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    lp = logits[:, :-1].log_softmax(-1).gather(2, y[..., None])[..., 0]
    return -lp.masked_fill((y == pad_id) | lp.isinf(), 0.0).sum(1)
