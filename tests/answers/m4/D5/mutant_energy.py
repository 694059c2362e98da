# The energy distance: no kernel.
def mmd_penalty(z, prior_z, bandwidth):
    def distance(a, b):
        return (a[:, None] - b).square().sum(dim=2).add(1e-12).sqrt()

    n, m = len(z), len(prior_z)
    return 2 * distance(z, prior_z).mean() - distance(z, z).sum() / (n * (n - 1)) - distance(prior_z, prior_z).sum() / (m * (m - 1))
