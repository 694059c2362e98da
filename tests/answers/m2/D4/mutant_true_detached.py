# No gradient of the true pair to the centre.
def skipgram_loss(center, context, negatives):
    return -F.logsigmoid((center.detach() * context).sum(1)) - F.logsigmoid(-(center[:, None] * negatives).sum(2)).sum(1)
