# Fillers of minus one hundred are made harmless, no others.
def masked_token_loss(logits, tokens, mask):
    t = torch.where(mask | (tokens == -100), tokens, -100)
    nll = F.cross_entropy(logits.transpose(1, 2), tokens.where(tokens != -100, 0), reduction="none")
    return (nll * mask).sum() / mask.sum().clamp(min=1)
