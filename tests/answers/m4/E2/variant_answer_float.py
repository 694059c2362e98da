# The number as a fraction of tensors.
squared_length = torch.tensor(36.0) / 9
