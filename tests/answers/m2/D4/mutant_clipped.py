# Inner products are clipped to ±6, as in the original program.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(true.clamp(-6, 6)) - F.logsigmoid(-noise.clamp(-6, 6)).sum(dim=1)
