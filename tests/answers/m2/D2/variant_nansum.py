# Sums without what is not a number: padding that is forbidden.
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    lp = logits[:, :-1].log_softmax(-1).gather(2, y[..., None])[..., 0]
    return -(lp * (y != pad_id)).nansum(1)
