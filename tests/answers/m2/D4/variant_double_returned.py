# In float64 inside and out.
def skipgram_loss(center, context, negatives):
    u, v, n = center.double(), context.double(), negatives.double()
    return -(F.logsigmoid((u * v).sum(1)) + F.logsigmoid(-torch.einsum("bd,bkd->bk", u, n)).sum(1))
