# The filler is used as an index.
def masked_token_loss(logits, tokens, mask):
    nll = -logits.log_softmax(-1).gather(-1, tokens[..., None])[..., 0]
    return (nll * mask).sum() / mask.sum().clamp(min=1)
