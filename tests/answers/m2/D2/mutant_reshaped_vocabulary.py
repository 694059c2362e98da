# Reshapes where the axes should be exchanged.
def sequence_nll(logits, tokens, pad_id):
    x = logits[:, :-1]
    losses = F.cross_entropy(x.reshape(x.shape[0], x.shape[2], x.shape[1]), tokens[:, 1:], ignore_index=pad_id, reduction="none")
    return losses.sum(1)
