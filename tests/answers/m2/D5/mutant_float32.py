# The logits are cast to float32.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits[mask].float(), tokens[mask], reduction="sum") / mask.sum().clamp(min=1)
