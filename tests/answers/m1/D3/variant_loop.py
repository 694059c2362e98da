# Item by item.
def bits_per_dim(nll, num_dims, levels=256):
    return torch.stack([item / num_dims * math.log2(math.e) + math.log(levels, 2) for item in nll])
