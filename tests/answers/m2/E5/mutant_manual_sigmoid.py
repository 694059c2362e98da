# A sigmoid written out, whose gradient is not a number for -1000.
def _sigmoid(a):
    return 1 / (1 + torch.exp(-a))


def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, f, g, o = (x @ weight_x.T + h @ weight_h.T + bias).chunk(4, dim=1)
    c_new = _sigmoid(f) * c + _sigmoid(i) * torch.tanh(g)
    h_new = _sigmoid(o) * torch.tanh(c_new)
    return h_new, c_new
