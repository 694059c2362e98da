# Query by query, the nearest distance subtracted by hand.
def kernel_weights(x, a, width):
    squares = (x - a) ** 2 / width**2 / 2
    weights = torch.exp(squares.min() - squares)
    return weights / weights.sum()


def kernel_mean(x, y, query, width):
    return torch.stack([(kernel_weights(x, a, width) * y).sum() for a in query])


def kernel_draw(x, y, query, width, u):
    drawn = []
    for a, u_a in zip(query, u, strict=True):
        total, index = 0.0, -1
        for weight in kernel_weights(x, a, width).tolist():
            index += 1
            total += weight
            if total > float(u_a):
                break
        drawn.append(y[index])
    return torch.stack(drawn)
