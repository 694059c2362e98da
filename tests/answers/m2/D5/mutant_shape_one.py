# A tensor of one element, not a scalar.
def masked_token_loss(logits, tokens, mask):
    return (F.cross_entropy(logits[mask], tokens[mask], reduction="sum") / mask.sum().clamp(min=1)).reshape(1)
