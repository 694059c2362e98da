# Mean over the scored targets, guarded for none.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    log_probs = torch.log_softmax(logits[:, :-1], dim=2)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -torch.where(targets == pad_id, 0.0, scored).sum(dim=1) / (targets != pad_id).sum(dim=1).clamp(min=1)
