# Logits minus logsumexp; unscored rows filled with zeros by masked_fill.
def sequence_nll(logits, tokens, pad_id):
    y = tokens[:, 1:]
    m = y.eq(pad_id)
    x = logits[:, :-1].masked_fill(m.unsqueeze(-1), 0)
    c = x.logsumexp(-1) - torch.take_along_dim(x, y.unsqueeze(-1), -1).squeeze(-1)
    return c.masked_fill(m, 0).sum(-1)
