# As cross-entropy of two classes.
def skipgram_loss(center, context, negatives):
    every = torch.cat([context[:, None], negatives], dim=1)
    score = torch.einsum("bd,bkd->bk", center, every)
    labels = torch.zeros_like(score).long()
    labels[:, 0] = 1
    two = torch.stack([torch.zeros_like(score), score], dim=1)
    return F.cross_entropy(two, labels, reduction="none").sum(1)
