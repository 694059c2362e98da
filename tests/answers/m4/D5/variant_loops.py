# Plain loops over pairs.
def mmd_penalty(z, prior_z, bandwidth):
    def k(a, b):
        return torch.exp(-((a - b) ** 2).sum() / (2 * bandwidth * bandwidth))

    n, m = z.shape[0], prior_z.shape[0]
    within_z = sum(k(z[i], z[j]) for i in range(n) for j in range(i + 1, n)) * 2 / (n * (n - 1))
    within_p = sum(k(prior_z[i], prior_z[j]) for i in range(m) for j in range(i + 1, m)) * 2 / (m * (m - 1))
    across = sum(k(a, b) for a in z for b in prior_z) / (n * m)
    return within_z + within_p - 2 * across
