# Only the scored positions are looked at, and added up by index.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    row, t = (targets != pad_id).nonzero(as_tuple=True)
    picked = torch.log_softmax(logits[row, t], dim=-1)[torch.arange(len(row)), targets[row, t]]
    return logits.new_zeros(len(tokens)).index_add(0, row, -picked)
