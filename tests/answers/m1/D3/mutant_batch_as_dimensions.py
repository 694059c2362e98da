# Divided by the number of items instead of dimensions.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (len(nll) * math.log(2)) + math.log2(levels)
