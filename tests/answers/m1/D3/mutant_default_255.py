# The default is 255 levels.
def bits_per_dim(nll, num_dims, levels=255):
    return nll / (num_dims * math.log(2)) + math.log2(levels)
