# The offset is divided by the number of dimensions, too.
def bits_per_dim(nll, num_dims, levels=256):
    return (nll / math.log(2) + math.log2(levels)) / num_dims
