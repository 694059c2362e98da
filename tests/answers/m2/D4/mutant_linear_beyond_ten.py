# Linear beyond 10.
def skipgram_loss(center, context, negatives):
    def sp(z):
        return torch.where(z > 10, z, torch.log1p(torch.exp(z.clamp(max=10))))

    return sp(-(center * context).sum(1)) + sp((center[:, None] * negatives).sum(2)).sum(1)
