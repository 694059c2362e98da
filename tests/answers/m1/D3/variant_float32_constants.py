# Constants are tensors of the default type.
def bits_per_dim(nll, num_dims, levels=256):
    return nll / (num_dims * torch.log(torch.tensor(2.0))) + torch.log2(torch.tensor(float(levels)))
