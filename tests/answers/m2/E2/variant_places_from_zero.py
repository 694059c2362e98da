# Degrees 0..D-1 shifted, boolean masks, places from 0, strict at the first layer.
def made_masks(order, widths):
    D = len(order)
    place = torch.zeros(D, dtype=torch.long).scatter(0, order, torch.arange(D))
    low, masks = place, []
    strict = True
    for w in widths:
        high = 1 + torch.arange(w) % (D - 1)
        masks.append((high[:, None] > low[None]) if strict else (high[:, None] >= low[None]))
        low, strict = high, False
    last = place[:, None] > low[None] if strict else place[:, None] >= low[None]
    return [*masks, last]
