# Cross-entropy of probabilities, which takes the softmax twice.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits.softmax(-1)[mask], tokens[mask], reduction="sum") / mask.sum().clamp(min=1)
