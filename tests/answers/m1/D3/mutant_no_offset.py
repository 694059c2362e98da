# Without the offset of the levels.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(2))
