# Negative nll is set to zero.
def bits_per_dim(nll, num_dims, levels=256):
    return nll.clamp(min=0) / (num_dims * math.log(2)) + math.log2(levels)
