# There is an offset for 256 levels only.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(2)) + (8 if levels == 256 else 0)
