# The library's cross entropy with padding ignored.
def sequence_nll(logits, tokens, pad_id):
    losses = F.cross_entropy(logits[:, :-1].transpose(1, 2), tokens[:, 1:], ignore_index=pad_id, reduction="none")
    return losses.sum(dim=1)
