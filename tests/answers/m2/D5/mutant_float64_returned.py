# Computed in float64 and returned so, whatever the type of the logits.
def masked_token_loss(logits, tokens, mask):
    total = F.cross_entropy(logits.double()[mask], tokens[mask], reduction="sum")
    return total / mask.sum().clamp(min=1)
