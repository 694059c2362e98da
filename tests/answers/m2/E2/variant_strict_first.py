# The strict step stands at the first layer instead of the last.
def made_masks(order, widths):
    D = order.numel()
    place = torch.empty_like(order)
    place[order] = torch.arange(D)
    degrees = [torch.arange(width) % (D - 1) + 1 for width in widths]
    masks, below, strict = [], place, True
    for degree in [*degrees, place]:
        mask = degree[:, None] > below if strict else degree[:, None] >= below
        masks.append(mask.int())
        below, strict = degree, False
    return masks
