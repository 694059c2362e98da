# The true pair is left out.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(-noise).sum(dim=1)
