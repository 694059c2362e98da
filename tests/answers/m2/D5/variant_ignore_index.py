# Cross-entropy with an index that is ignored.
def masked_token_loss(logits, tokens, mask):
    targets = tokens.masked_fill(~mask, -100)
    total = F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=-100, reduction="sum")
    return total / max(int(mask.sum()), 1)
