# Cosines instead of inner products.
def skipgram_loss(center, context, negatives):
    center, context, negatives = (F.normalize(v, dim=-1) for v in (center, context, negatives))
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
