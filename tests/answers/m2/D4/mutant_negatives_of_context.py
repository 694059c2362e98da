# The negatives are compared with the context instead of the centre.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (context[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
