# Random degrees, after one unit of each.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort() + 1
    masks, below = [], place
    for width in widths:
        degree = torch.cat([torch.arange(1, D), torch.randint(1, D, (width - D + 1,))])[torch.randperm(width)]
        masks.append((degree[:, None] >= below[None]).float())
        below = degree
    masks.append((place[:, None] > below[None]).float())
    return masks
