# The mean over the pairs, repeated for each.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    loss = -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
    return loss.mean().expand(len(loss))
