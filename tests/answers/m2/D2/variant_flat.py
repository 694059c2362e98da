# Flattened for the library and shaped back.
def sequence_nll(logits, tokens, pad_id):
    B, L, V = logits.shape
    flat = F.cross_entropy(logits[:, :-1].reshape(-1, V), tokens[:, 1:].reshape(-1), reduction="none").reshape(B, L - 1)
    return flat.masked_fill(tokens[:, 1:] == pad_id, 0.0).sum(-1)
