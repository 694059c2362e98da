# In bits.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.where(mask, 0), reduction="none")
    return (nll * mask).sum() / mask.sum().clamp(min=1) / math.log(2)
