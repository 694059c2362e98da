# Cross-entropy over transposed logits, weights by the mask.
def masked_token_loss(logits, tokens, mask):
    safe = tokens.masked_fill(~mask, 0)
    nll = F.cross_entropy(logits.transpose(1, 2), safe, reduction="none")
    return (nll * mask).sum() / max(int(mask.sum()), 1)
