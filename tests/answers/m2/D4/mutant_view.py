# view, which fails for inputs that are not contiguous.
def skipgram_loss(center, context, negatives):
    noise = (negatives.view(-1, negatives.shape[2]).view(negatives.shape) * center[:, None]).sum(2)
    true = (center * context).sum(dim=1)
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=1)
