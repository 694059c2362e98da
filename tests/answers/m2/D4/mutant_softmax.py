# A softmax over the pair and its negatives.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return torch.logsumexp(torch.cat([true[:, None], noise], 1), 1) - true
