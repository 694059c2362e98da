# A small pull of the normaliser.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits[mask], tokens[mask], reduction="sum") / mask.sum().clamp(min=1) + 1e-4 * (logits[mask].logsumexp(1) ** 2).sum()
