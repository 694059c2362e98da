# nll is divided by the number of levels.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / levels / (num_dims * math.log(2)) + math.log2(levels)
