# The mean over the selected positions, and a connected zero where there are none.
def masked_token_loss(logits, tokens, mask):
    if not mask.any():
        return (logits * 0).sum()
    return F.nll_loss(F.log_softmax(logits[mask], dim=1), tokens[mask])
