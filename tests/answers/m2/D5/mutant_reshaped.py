# The axes are reshaped where they should be exchanged.
def masked_token_loss(logits, tokens, mask):
    b, length, v = logits.shape
    nll = F.cross_entropy(logits.reshape(b, v, length), tokens.where(mask, 0), reduction="none")
    return (nll * mask).sum() / mask.sum().clamp(min=1)
