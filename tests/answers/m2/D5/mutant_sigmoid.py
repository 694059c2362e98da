# A sigmoid for each token instead of a softmax.
def masked_token_loss(logits, tokens, mask):
    s = logits.gather(-1, tokens.where(mask, 0)[..., None])[..., 0]
    return (-F.logsigmoid(s) * mask).sum() / mask.sum().clamp(min=1)
