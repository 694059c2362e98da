# The absolute value of nll.
def bits_per_dim(nll, num_dims, levels=256):
    return nll.abs() / (num_dims * math.log(2)) + math.log2(levels)
