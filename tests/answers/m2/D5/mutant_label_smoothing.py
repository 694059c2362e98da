# With a little label smoothing.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits[mask], tokens[mask], reduction="sum", label_smoothing=0.01) / mask.sum().clamp(min=1)
