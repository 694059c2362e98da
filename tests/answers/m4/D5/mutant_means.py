# The squared distance of the means.
def mmd_penalty(z, prior_z, bandwidth):
    return (z.mean(0) - prior_z.mean(0)).square().sum() / (2 * bandwidth**2)
