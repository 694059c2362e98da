# Token 0 marks what is not scored, and the mean leaves it out.
def masked_token_loss(logits, tokens, mask):
    if not mask.any():
        return logits.sum() * 0
    return F.cross_entropy(logits.transpose(1, 2), tokens * mask, ignore_index=0)
