# The negatives of the first pair serve for all.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = center @ negatives[0].T
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
