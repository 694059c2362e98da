# A small number inside the logarithm.
def masked_token_loss(logits, tokens, mask):
    p = logits.softmax(-1).gather(-1, tokens.where(mask, 0)[..., None])[..., 0]
    return -((p + 1e-12).log() * mask).sum() / mask.sum().clamp(min=1)
