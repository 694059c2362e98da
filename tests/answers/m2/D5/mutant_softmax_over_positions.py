# The softmax runs over the positions.
def masked_token_loss(logits, tokens, mask):
    nll = -logits.log_softmax(1).gather(-1, tokens.where(mask, 0)[..., None])[..., 0]
    return (nll * mask).sum() / mask.sum().clamp(min=1)
