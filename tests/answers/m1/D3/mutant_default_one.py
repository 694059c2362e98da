# The default is one level.
def bits_per_dim(nll, num_dims, levels=1):
    return nll / (num_dims * math.log(2)) + math.log2(levels)
