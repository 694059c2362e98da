# Counts the tokens and takes so many from the left.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    log_probs = torch.log_softmax(logits[:, :-1], dim=2)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -torch.where(torch.arange(targets.shape[1]) < (targets != pad_id).sum(1, keepdim=True), scored, 0.0).sum(dim=1)
