# Logarithm of base 10 for the offset.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(2)) + math.log10(levels)
