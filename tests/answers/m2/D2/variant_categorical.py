# A categorical distribution from the library.
def sequence_nll(logits, tokens, pad_id):
    targets = tokens[:, 1:]
    log_prob = torch.distributions.Categorical(logits=logits[:, :-1]).log_prob(targets)
    return -torch.where(targets != pad_id, log_prob, torch.zeros_like(log_prob)).sum(1)
