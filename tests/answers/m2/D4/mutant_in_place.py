# The negatives are turned round in place.
def skipgram_loss(center, context, negatives):
    negatives.neg_()
    words = torch.cat([context[:, None], negatives], 1)
    return -F.logsigmoid((words * center[:, None]).sum(-1)).sum(-1)
