# A loop over pairs and negatives, logaddexp for the logarithm.
def skipgram_loss(center, context, negatives):
    losses = []
    for u, v, ns in zip(center, context, negatives):
        zero = torch.zeros((), dtype=u.dtype)
        loss = torch.logaddexp(zero, -(u @ v))
        for n in ns:
            loss = loss + torch.logaddexp(zero, u @ n)
        losses.append(loss)
    return torch.stack(losses)
