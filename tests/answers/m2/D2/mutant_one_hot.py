# One-hot times log-probabilities: NaN where any token is forbidden.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    hot = F.one_hot(targets, logits.shape[2]).to(logits.dtype)
    losses = -(hot * torch.log_softmax(logits[:, :-1], dim=2)).sum(2)
    return torch.where(targets == pad_id, 0.0, losses).sum(1)
