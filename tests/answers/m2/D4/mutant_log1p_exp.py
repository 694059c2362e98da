# log(1 + exp) written out, infinite for large products.
def skipgram_loss(center, context, negatives):
    true = (center * context).sum(dim=1)
    noise = (center[:, None] * negatives).sum(dim=2)
    return torch.log1p(torch.exp(-true)) + torch.log1p(torch.exp(noise)).sum(dim=1)
