# Log-softmax over the default dimension of nn.LogSoftmax(dim=1).
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    keep = y != pad_id
    x = torch.where(keep[..., None], logits[:, :-1], 0.0)
    return -torch.where(keep, F.log_softmax(x, 1).gather(2, y[..., None])[..., 0], 0.0).sum(1)
