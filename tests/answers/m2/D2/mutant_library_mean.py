# The library's mean over all scored targets of the batch.
def sequence_nll(logits, tokens, pad_id):
    return F.cross_entropy(logits[:, :-1].transpose(1, 2), tokens[:, 1:], ignore_index=pad_id).expand(len(tokens))
