# The module of the library, called with the weights that are given.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    cell = nn.LSTMCell(x.shape[1], h.shape[1])
    weights = {"weight_ih": weight_x, "weight_hh": weight_h, "bias_ih": bias, "bias_hh": torch.zeros_like(bias)}
    return torch.func.functional_call(cell, weights, (x, (h, c)))
