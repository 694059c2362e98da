# A matrix product, and a pair of logsigmoids.
def skipgram_loss(center, context, negatives):
    true = (center[:, None, :] @ context[:, :, None]).reshape(-1)
    noise = (negatives @ center[:, :, None])[..., 0]
    return -(F.logsigmoid(true) + torch.sum(F.logsigmoid(-noise), 1))
