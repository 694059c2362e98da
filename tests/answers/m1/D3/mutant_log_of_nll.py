# log2 of nll.
def bits_per_dim(nll, num_dims, levels=256):
    return torch.log2(nll) / num_dims + math.log2(levels)
