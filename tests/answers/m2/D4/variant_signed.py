# Negatives are turned round, then all terms are alike.
def skipgram_loss(center, context, negatives):
    words = torch.cat([context[:, None], -negatives], dim=1)
    return -F.logsigmoid((words * center[:, None]).sum(-1)).sum(-1)
