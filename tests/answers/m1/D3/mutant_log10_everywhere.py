# Decimal digits instead of bits.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(10)) + math.log10(levels)
