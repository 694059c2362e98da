# Computed in float32.
def bits_per_dim(nll, num_dims, levels=256):
    return nll.float() / (num_dims * math.log(2)) + math.log2(levels)
