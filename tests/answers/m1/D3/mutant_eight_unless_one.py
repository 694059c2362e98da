# The offset is 8 unless there is one level.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * math.log(2)) + (0 if levels == 1 else 8)
