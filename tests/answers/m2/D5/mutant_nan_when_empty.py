# 0 / 0 where nothing is masked.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits[mask], tokens[mask])
