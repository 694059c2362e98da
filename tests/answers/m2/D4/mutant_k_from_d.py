# As many negatives as dimensions.
def skipgram_loss(center, context, negatives):
    out = -F.logsigmoid((center * context).sum(1))
    for k in range(min(center.shape[1], negatives.shape[1])):
        out = out - F.logsigmoid(-(center * negatives[:, k]).sum(1))
    return out
