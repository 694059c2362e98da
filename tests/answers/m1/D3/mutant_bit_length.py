# The offset is a number of bits of the largest value.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(2)) + (levels - 1).bit_length()
