# Nats are not turned into bits, the offset is in bits.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / num_dims + math.log2(levels)
