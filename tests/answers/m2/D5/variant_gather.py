# log_softmax and gather, with a harmless token where nothing is asked.
def masked_token_loss(logits, tokens, mask):
    log_p = logits.log_softmax(dim=-1)
    chosen = log_p.gather(-1, tokens.where(mask, 0).unsqueeze(-1)).squeeze(-1)
    return -(chosen * mask).sum() / mask.sum().clamp(min=1)
