# exp of the logits, without subtracting the largest.
def masked_token_loss(logits, tokens, mask):
    z = logits.exp().sum(-1).log()
    s = logits.gather(-1, tokens.where(mask, 0)[..., None])[..., 0]
    return ((z - s)[mask]).sum() / mask.sum().clamp(min=1)
