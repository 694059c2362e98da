# Without hidden layers the direct mask in natural order.
def made_masks(order, widths):
    D = len(order)
    place = order.argsort() + 1
    if not widths:
        return [torch.tril(torch.ones(D, D), -1)[order.argsort()] if D > 2 else (place[:, None] > place[None]).float()]
    degrees = [place] + [torch.arange(w) % (D - 1) + 1 for w in widths]
    masks = [(b[:, None] >= a[None]).float() for a, b in zip(degrees[:-1], degrees[1:])]
    return masks + [(place[:, None] > degrees[-1][None]).float()]
