# Position t predicts the token of t + 1.
def masked_token_loss(logits, tokens, mask):
    keep = mask[:, 1:]
    return F.cross_entropy(logits[:, :-1][keep], tokens[:, 1:][keep], reduction="sum") / keep.sum().clamp(min=1)
