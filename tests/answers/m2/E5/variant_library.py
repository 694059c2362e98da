# The step of the library, with a second bias of zeros.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    return torch.lstm_cell(x, (h, c), weight_x, weight_h, bias, torch.zeros_like(bias))
