# The caller's list of widths is used up.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort() + 1
    prev, masks = place, []
    while widths:
        cur = torch.arange(widths.pop(0)) % (D - 1) + 1
        masks.append((cur[:, None] >= prev).float())
        prev = cur
    return masks + [(place[:, None] > prev).float()]
