# The kernel as a product over dimensions; pairs from triu_indices.
def mmd_penalty(z, prior_z, bandwidth):
    def kernel(a, b):
        return torch.exp(-0.5 * ((a - b) / bandwidth) ** 2).prod(dim=-1)

    def pairs(a):
        i, j = torch.triu_indices(len(a), len(a), offset=1)
        return kernel(a[i], a[j]).mean()

    return pairs(z) + pairs(prior_z) - 2 * kernel(z.unsqueeze(1), prior_z.unsqueeze(0)).mean()
