# The softmax runs over the places.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    log_probs = torch.log_softmax(logits[:, :-1], dim=1)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -torch.where(targets == pad_id, 0.0, scored).sum(dim=1)
