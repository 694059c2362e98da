# view, which fails for inputs that are not contiguous.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.view(-1, logits.shape[-1]), tokens.where(mask, 0).view(-1), reduction="none")
    return (nll * mask.view(-1)).sum() / mask.sum().clamp(min=1)
