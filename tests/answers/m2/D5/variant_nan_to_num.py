# The mean of nothing is made zero afterwards.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy(logits[mask], tokens[mask]).nan_to_num()
