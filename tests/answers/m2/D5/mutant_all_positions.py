# The mean over all positions, masked or not.
def masked_token_loss(logits, tokens, mask):
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.clamp(min=0), reduction="none")
    return nll.mean()
