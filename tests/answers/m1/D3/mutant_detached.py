# The result carries no gradient.
def bits_per_dim(nll, num_dims, levels=256):
    return nll.detach() / (num_dims * math.log(2)) + math.log2(levels)
