# The tokens are overwritten.
def masked_token_loss(logits, tokens, mask):
    tokens[~mask] = -100
    return F.cross_entropy(logits.transpose(1, 2), tokens, reduction="sum") / mask.sum().clamp(min=1)
