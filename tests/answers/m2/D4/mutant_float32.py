# Everything is cast to float32.
def skipgram_loss(center, context, negatives):
    center, context, negatives = center.float(), context.float(), negatives.float()
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
