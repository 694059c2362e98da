# Computed in float32, given back in the type of nll.
def bits_per_dim(nll, num_dims, levels=256):
    return (nll.float() / (num_dims * math.log(2)) + math.log2(levels)).to(nll.dtype)
