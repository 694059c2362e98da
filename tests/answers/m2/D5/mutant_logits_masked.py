# The logits elsewhere are set to zero, but counted.
def masked_token_loss(logits, tokens, mask):
    return F.cross_entropy((logits * mask[..., None]).transpose(1, 2), tokens.clamp(min=0))
