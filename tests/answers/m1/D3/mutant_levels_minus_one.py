# The range is divided by 255 instead of 256.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(2)) + math.log2(max(levels - 1, 1))
