# The result is float64, whatever nll is.
def bits_per_dim(nll, num_dims, levels=256):
    return nll.double() / (num_dims * math.log(2)) + math.log2(levels)
