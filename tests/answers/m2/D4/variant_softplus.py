# By softplus and einsum.
def skipgram_loss(center, context, negatives):
    true = torch.einsum("bd,bd->b", center, context)
    noise = torch.einsum("bd,bkd->bk", center, negatives)
    return F.softplus(-true) + F.softplus(noise).sum(-1)
