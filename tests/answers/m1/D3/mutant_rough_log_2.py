# log 2 is rounded to three places.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * 0.693) + math.log2(levels)
