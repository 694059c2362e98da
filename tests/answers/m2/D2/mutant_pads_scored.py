# Padding is scored, too.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    log_probs = torch.log_softmax(logits[:, :-1], dim=2)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -scored.sum(dim=1)
