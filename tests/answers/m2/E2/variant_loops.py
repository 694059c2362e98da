# Unit by unit, booleans.
def made_masks(order, widths):
    D = len(order)
    place = {int(index): rank for rank, index in enumerate(order)}
    below = [place[i] for i in range(D)]
    masks = []
    for width in widths:
        above = [k % (D - 1) for k in range(width)]
        masks.append(torch.tensor([[j <= i for j in below] for i in above]))
        below = above
    masks.append(torch.tensor([[j < place[i] for j in below] for i in range(D)]))
    return masks
