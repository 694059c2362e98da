# torch.linalg.vector_norm, double loops of rows, an extra argument.
def mmd_penalty(z, prior_z, bandwidth, scale=1.0):
    def rows(a, b, skip):
        total = 0.0
        for i in range(len(a)):
            k = torch.exp(-((a[i] - b) ** 2).sum(1) / (2 * bandwidth**2))
            total = total + k.sum() - (k[i] if skip else 0.0)
        return total / (len(a) * (len(b) - 1 if skip else len(b)))

    return scale * (rows(z, z, True) + rows(prior_z, prior_z, True) - 2 * rows(z, prior_z, False))
