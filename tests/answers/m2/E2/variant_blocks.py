# Degrees in blocks, the number of units of each as equal as possible.
def made_masks(order, widths):
    D = len(order)
    rank = order.argsort()
    masks, below = [], rank
    for width in widths:
        degree = (torch.arange(width) * (D - 1)) // width
        masks.append((degree.unsqueeze(1) >= below.unsqueeze(0)).double())
        below = degree
    return [*masks, (rank.unsqueeze(1) > below.unsqueeze(0)).double()]
