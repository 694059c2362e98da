# The slope of the error in h, as a tensor.
order = torch.log(torch.tensor(64.0)) / torch.log(torch.tensor(4.0))
