# Fillers below zero only are made harmless.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.clamp(min=0), reduction="none")
    return (nll * mask).sum() / mask.sum().clamp(min=1)
