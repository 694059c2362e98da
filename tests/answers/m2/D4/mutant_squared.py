# Squared error of the probabilities.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return (1 - torch.sigmoid(true)) ** 2 + (torch.sigmoid(noise) ** 2).sum(dim=1)
