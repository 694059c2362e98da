# Each gate by its own rows, one after the other.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    size = h.shape[1]
    parts = []
    for block, squash in enumerate((torch.sigmoid, torch.sigmoid, torch.tanh, torch.sigmoid)):
        rows = slice(block * size, (block + 1) * size)
        parts.append(squash(F.linear(x, weight_x[rows], bias[rows]) + F.linear(h, weight_h[rows])))
    cell = parts[1] * c + parts[0] * parts[2]
    return parts[3] * cell.tanh(), cell
