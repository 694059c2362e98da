# softplus that is linear beyond 12.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return F.softplus(-true, threshold=12) + F.softplus(noise, threshold=12).sum(dim=1)
