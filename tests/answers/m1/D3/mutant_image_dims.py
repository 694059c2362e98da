# The number of dimensions is always 784.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (784 * math.log(2)) + math.log2(levels)
