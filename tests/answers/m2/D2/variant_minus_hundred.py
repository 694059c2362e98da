# Padding becomes the library's own index to ignore, in a copy.
def sequence_nll(logits, tokens, pad_id):
    target = tokens[:, 1:].clone()
    target[target == pad_id] = -100
    return torch.stack([F.cross_entropy(row, goal, reduction="sum") for row, goal in zip(logits[:, :-1], target, strict=True)])
