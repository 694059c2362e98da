# Gradient reaches unscored logits through a mean that cancels in value.
def sequence_nll(logits, tokens, pad_id):
    losses = F.cross_entropy(logits[:, :-1].transpose(1, 2), tokens[:, 1:], ignore_index=pad_id, reduction="none").sum(1)
    return losses + (logits - logits.detach()).clamp(min=-1).nan_to_num().mean()
