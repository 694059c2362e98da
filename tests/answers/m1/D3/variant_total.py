# The offset is added to the whole item before the division.
def bits_per_dim(nll, num_dims, levels=256):
    return (nll + num_dims * math.log(levels)) / (num_dims * math.log(2))
