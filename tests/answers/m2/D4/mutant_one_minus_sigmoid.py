# log(1 - sigmoid) for the negatives, minus infinity for large products.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return -F.logsigmoid(true) - torch.log(1 - torch.sigmoid(noise)).sum(dim=1)
