# Inner products are clipped to ±500.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(true.clamp(-500, 500)) - F.logsigmoid(-noise.clamp(-500, 500)).sum(dim=1)
