# Masks transposed when the layer is square.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort() + 1
    degrees = [place] + [torch.arange(w) % (D - 1) + 1 for w in widths]
    masks = [(b[:, None] >= a[None]).float() for a, b in zip(degrees[:-1], degrees[1:])]
    masks = [m.T if m.shape[0] == m.shape[1] else m for m in masks]
    return masks + [(place[:, None] > degrees[-1][None]).float()]
