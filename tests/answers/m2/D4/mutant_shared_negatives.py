# Every pair is compared with the negatives of the whole batch.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = center @ negatives.flatten(0, 1).T
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
