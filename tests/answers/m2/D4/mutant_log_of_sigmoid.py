# The logarithm of a sigmoid, which is 0 for large negative numbers.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -torch.sigmoid(true).log() - torch.sigmoid(-noise).log().sum(dim=1)
