# Bits of the whole item.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / math.log(2) + math.log2(levels)
