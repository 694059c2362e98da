# A constant without gradient where nothing is masked.
def masked_token_loss(logits, tokens, mask):
    if not mask.any():
        return torch.zeros((), dtype=logits.dtype)
    return F.cross_entropy(logits[mask], tokens[mask])
