# Rounded to two places.
def bits_per_dim(nll, num_dims, levels=256):
    return torch.round(nll / (num_dims * math.log(2)) + math.log2(levels), decimals=2)
