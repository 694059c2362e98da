# The score of the token minus logsumexp, by one-hot vectors.
def masked_token_loss(logits, tokens, mask):
    hot = F.one_hot(torch.where(mask, tokens, torch.zeros_like(tokens)), logits.size(-1)).to(logits.dtype)
    nll = torch.logsumexp(logits, 2) - (hot * logits).sum(2)
    weight = mask.to(logits.dtype)
    return (nll * weight).sum() / (weight.sum() + (weight.sum() == 0))
