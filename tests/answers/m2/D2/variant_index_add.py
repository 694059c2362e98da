# Boolean selection, then index_add of the costs to their sequences.
def sequence_nll(logits, tokens, pad_id):
    b, t = (tokens[:, 1:] != pad_id).nonzero(as_tuple=True)
    cost = F.cross_entropy(logits[b, t], tokens[b, t + 1], reduction="none") if len(b) else logits.new_zeros(0)
    return logits.new_zeros(len(tokens)).index_add(0, b, cost)
