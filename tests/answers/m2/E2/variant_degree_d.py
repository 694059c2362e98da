# A degree D occurs too (units that no output reads), when there is room.
def made_masks(order, widths):
    D = len(order)
    place = torch.argsort(order) + 1
    prev, masks = place, []
    for w in widths:
        cur = torch.arange(w) % (D if w >= D else D - 1) + 1
        masks.append((cur[:, None] >= prev).to(torch.uint8))
        prev = cur
    return masks + [(place[:, None] > prev).to(torch.uint8)]
