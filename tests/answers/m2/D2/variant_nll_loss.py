# Negative log-likelihood loss of the library on a padded target.
def sequence_nll(logits, tokens, pad_id):
    target = torch.cat([tokens[:, 1:], torch.full_like(tokens[:, :1], pad_id)], dim=1)
    return F.nll_loss(torch.log_softmax(logits, dim=-1).transpose(1, 2), target, ignore_index=pad_id, reduction="none").sum(1)
