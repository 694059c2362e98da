# Every item gets the mean of the batch.
def bits_per_dim(nll, num_dims, levels=256):
    return (nll.mean() / (num_dims * math.log(2)) + math.log2(levels)).expand(len(nll))
