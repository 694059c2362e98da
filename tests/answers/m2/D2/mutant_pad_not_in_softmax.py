# Padding is taken out of the normalisation.
def sequence_nll(logits, tokens, pad_id):
    keep = torch.arange(logits.shape[2]) == pad_id
    logits = logits.masked_fill(keep, -math.inf)
    targets = tokens[:, 1:]
    log_probs = torch.log_softmax(logits[:, :-1], dim=2)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -torch.where(targets == pad_id, 0.0, scored).sum(dim=1)
