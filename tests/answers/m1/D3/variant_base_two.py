# The logarithms are taken by torch, on tensors.
def bits_per_dim(nll, num_dims, levels=256):
    log_2 = torch.log(torch.tensor(2.0, dtype=torch.float64))
    offset = torch.log2(torch.tensor(levels, dtype=torch.float64))
    return nll / (num_dims * log_2) + offset.to(nll.dtype)
