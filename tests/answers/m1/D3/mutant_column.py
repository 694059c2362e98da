# The result has an axis too many.
def bits_per_dim(nll, num_dims, levels=256):
    return (nll / (num_dims * math.log(2)) + math.log2(levels))[:, None]
