# The library's mean, times the number of targets of each sequence.
def sequence_nll(logits, tokens, pad_id):
    mean = F.cross_entropy(logits[:, :-1].transpose(1, 2), tokens[:, 1:], ignore_index=pad_id)
    return mean * (tokens[:, 1:] != pad_id).sum(1)
