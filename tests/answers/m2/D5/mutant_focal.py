# Easy positions are weighted down.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.where(mask, 0), reduction="none")
    return ((1 - (-nll).exp()) * nll * mask).sum() / mask.sum().clamp(min=1)
