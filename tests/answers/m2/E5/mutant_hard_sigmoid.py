# The gates are piecewise linear.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, f, g, o = (x @ weight_x.T + h @ weight_h.T + bias).chunk(4, dim=1)
    c_new = torch.nn.functional.hardsigmoid(f) * c + torch.nn.functional.hardsigmoid(i) * torch.tanh(g)
    h_new = torch.nn.functional.hardsigmoid(o) * torch.tanh(c_new)
    return h_new, c_new
