# Right, as a tensor of one number.
cache_numbers = torch.tensor(1_024_000)
