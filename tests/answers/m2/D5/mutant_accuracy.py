# The share of wrong guesses, which has no gradient.
def masked_token_loss(logits, tokens, mask):
    wrong = (logits.argmax(-1) != tokens).to(logits.dtype) + 0 * logits.sum(-1)
    return (wrong * mask).sum() / mask.sum().clamp(min=1)
