# The sum over the masked positions.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.where(mask, 0), reduction="none")
    return (nll * mask).sum()
