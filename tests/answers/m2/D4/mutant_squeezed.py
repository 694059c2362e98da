# The result is squeezed, so that one pair loses its axis.
def skipgram_loss(center, context, negatives):
    noise = torch.bmm(negatives, center[:, :, None]).squeeze()
    true = (center * context).sum(dim=1)
    return -F.logsigmoid(true) - F.logsigmoid(-noise).sum(dim=-1)
