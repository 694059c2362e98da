# Centred on the mean of the draws, which takes no gradient.
def mmd_penalty(z, prior_z, bandwidth):
    c = prior_z.mean(0).detach()
    a, b = z - c, prior_z - c

    def k(x, y):
        return (-(x.unsqueeze(1) - y.unsqueeze(0)).pow(2).sum(dim=-1) / 2 / bandwidth**2).exp()

    N, M = z.size(0), prior_z.size(0)
    return (k(a, a).sum() - N) / N / (N - 1) + (k(b, b).sum() - M) / M / (M - 1) - 2 * k(a, b).sum() / N / M
