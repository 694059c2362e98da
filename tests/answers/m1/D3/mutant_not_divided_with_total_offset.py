# Bits of the whole item, offset of all dimensions.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / math.log(2) + num_dims * math.log2(levels)
