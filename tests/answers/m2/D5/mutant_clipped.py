# At most a thousand nats for each token.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits[mask], tokens[mask], reduction="none").clamp(max=1000).sum() / mask.sum().clamp(min=1)
