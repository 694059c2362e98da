# A mean over each text, then over the texts.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.where(mask, 0), reduction="none")
    return ((nll * mask).sum(1) / mask.sum(1).clamp(min=1)).mean()
