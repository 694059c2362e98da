# Marks the padding in the caller's tokens.
def sequence_nll(logits, tokens, pad_id):
    target = tokens[:, 1:]
    target[target == pad_id] = -100
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), target, reduction="none").sum(1)
