# The logits are overwritten.
def masked_token_loss(logits, tokens, mask):
    with torch.no_grad():
        logits -= logits.max()
    return F.cross_entropy(logits[mask], tokens[mask], reduction="sum") / mask.sum().clamp(min=1)
