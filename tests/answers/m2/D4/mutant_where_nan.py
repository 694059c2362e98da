# A where around an overflowing branch, NaN in the gradient.
def skipgram_loss(center, context, negatives):
    def sp(z):
        return torch.where(z > 30, z, torch.log1p(torch.exp(z)))

    return sp(-(center * context).sum(1)) + sp((center[:, None] * negatives).sum(2)).sum(1)
