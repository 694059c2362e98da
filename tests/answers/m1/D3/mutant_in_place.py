# Divides nll in place.
def bits_per_dim(nll, num_dims, levels=256):
    nll /= num_dims * math.log(2)
    return nll + math.log2(levels)
