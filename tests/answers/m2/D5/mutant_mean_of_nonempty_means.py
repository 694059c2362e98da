# A mean over each text that has a masked position, then over those texts.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.where(mask, 0), reduction="none")
    some = mask.any(1)
    return ((nll * mask).sum(1)[some] / mask.sum(1)[some]).sum() / some.sum().clamp(min=1)
