# Through NumPy.
def bits_per_dim(nll, num_dims, levels=256):
    return torch.from_numpy(nll.detach().numpy() / num_dims / math.log(2) + math.log2(levels))
