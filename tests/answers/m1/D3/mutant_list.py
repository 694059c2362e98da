# A list of numbers.
def bits_per_dim(nll, num_dims, levels=256):
    return [item / (num_dims * math.log(2)) + math.log2(levels) for item in nll.tolist()]
