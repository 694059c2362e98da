# All sequences are cut at the largest number of tokens, as if padding stood at the end alone.
def sequence_nll(logits, tokens, pad_id):
    n = int((tokens != pad_id).sum(1).max())
    y = tokens[:, 1:n]
    lp = logits[:, : max(n - 1, 0)].log_softmax(-1).gather(2, y[..., None])[..., 0]
    return -torch.where(y != pad_id, lp, 0.0).sum(1)
