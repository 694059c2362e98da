# As few connections as possible: D − 1 units of each layer carry one input each.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort()
    masks, size = [], D
    for width in widths:
        mask = torch.zeros(width, size)
        for k in range(D - 1):
            mask[k, int(order[k]) if size == D and not masks else k] = 1
        masks.append(mask)
        size = width
    last = torch.zeros(D, size)
    for i in range(D):
        for k in range(int(place[i])):
            last[i, k if widths else int(order[k])] = 1
    return [*masks, last]
