# The shift wraps around: the last logits predict the first token.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens.roll(-1, dims=1)
    log_probs = torch.log_softmax(logits, dim=2)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -torch.where(targets == pad_id, 0.0, scored).sum(dim=1)
