# The offset is rounded up to whole bits.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(2)) + math.ceil(math.log2(levels))
