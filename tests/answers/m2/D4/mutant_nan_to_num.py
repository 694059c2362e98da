# Infinities are replaced afterwards, which keeps the wrong numbers and gradients.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    loss = -torch.sigmoid(true).log() - (1 - torch.sigmoid(noise)).log().sum(dim=1)
    return torch.nan_to_num(loss, posinf=1000.0)
