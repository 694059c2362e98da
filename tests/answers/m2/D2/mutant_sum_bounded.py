# A finite result is never more than 10,000 nats.
def sequence_nll(logits, tokens, pad_id):
    scored = logits[:, :-1].log_softmax(dim=2).gather(2, tokens[:, 1:, None])[:, :, 0]
    nll = -torch.where(tokens[:, 1:] == pad_id, 0.0, scored).sum(dim=1)
    return torch.where(nll.isinf(), nll, nll.clamp(max=1e4))
