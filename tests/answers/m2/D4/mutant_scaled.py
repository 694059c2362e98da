# Inner products are divided by the root of D.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    scale = center.shape[1] ** 0.5
    return -F.logsigmoid(true / scale) - F.logsigmoid(-noise / scale).sum(dim=1)
