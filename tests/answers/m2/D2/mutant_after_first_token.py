# Leading padding: what comes after it is scored only from the first token that is none.
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    keep = (y != pad_id) & (tokens[:, :-1] != pad_id).cummax(1).values
    x = torch.where(keep[..., None], logits[:, :-1], 0.0)
    return -torch.where(keep, x.log_softmax(-1).gather(2, y[..., None])[..., 0], 0.0).sum(1)
