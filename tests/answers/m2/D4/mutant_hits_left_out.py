# Leaves out negatives that equal the context.
def skipgram_loss(center, context, negatives):
    hit = (negatives == context[:, None]).all(2)
    return -F.logsigmoid((center * context).sum(1)) - F.logsigmoid(-(center[:, None] * negatives).sum(2)).masked_fill(hit, 0).sum(1)
