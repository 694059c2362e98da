# Flattens by view: fails for inputs that are not contiguous.
def sequence_nll(logits, tokens, pad_id):
    V = logits.size(2)
    losses = F.cross_entropy(
        logits.transpose(0, 1).contiguous().transpose(0, 1)[:, :-1].view(-1, V), tokens[:, 1:].view(-1), ignore_index=pad_id, reduction="none"
    )
    return losses.view(len(tokens), -1).sum(1)
