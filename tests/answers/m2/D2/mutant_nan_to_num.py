# Multiplies by the mask and hides what is not finite.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    log_probs = torch.log_softmax(logits[:, :-1], dim=2)
    scored = log_probs.gather(2, targets[:, :, None])[:, :, 0]
    return -(torch.nan_to_num(scored, neginf=-1e9) * (targets != pad_id)).sum(dim=1)
