# Units carry sets of inputs; a connection where the one set lies in the other.
def made_masks(order, widths):
    D = order.shape[0]
    rank = {int(i): k for k, i in enumerate(order)}
    reach = [{i} for i in range(D)]
    masks = []
    for w in widths:
        sets = [set(order[: u % (D - 1) + 1].tolist()) for u in range(w)]
        masks.append(torch.tensor([[1.0 if r <= s else 0.0 for r in reach] for s in sets]))
        reach = sets
    last = [set(order[: rank[i]].tolist()) for i in range(D)]
    return masks + [torch.tensor([[1.0 if r <= s else 0.0 for r in reach] for s in last])]
