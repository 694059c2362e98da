# The logarithm of a softmax, infinite for logits far apart.
def masked_token_loss(logits, tokens, mask):
    p = logits.softmax(-1).gather(-1, tokens.where(mask, 0)[..., None])[..., 0]
    return -(p.log() * mask).sum() / mask.sum().clamp(min=1)
