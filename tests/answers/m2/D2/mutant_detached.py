# Only the log-normaliser carries a gradient.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    log_probs = logits[:, :-1].detach() - torch.logsumexp(logits[:, :-1], 2, keepdim=True)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -torch.where(targets == pad_id, 0.0, scored).sum(dim=1)
