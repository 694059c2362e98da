# Only the first three masks are right: the third layer lets everything through.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort() + 1
    degrees = [place] + [torch.arange(w) % (D - 1) + 1 for w in widths]
    masks = [(b[:, None] >= a[None]).float() for a, b in zip(degrees[:-1], degrees[1:])]
    if len(masks) > 2:
        masks[2] = torch.ones_like(masks[2])
    return masks + [(place[:, None] > degrees[-1][None]).float()]
