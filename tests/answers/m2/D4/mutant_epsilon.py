# A small number inside the logarithm.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -(torch.sigmoid(true) + 1e-10).log() - (torch.sigmoid(-noise) + 1e-10).log().sum(dim=1)
