# The forget gate is one minus the input gate.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, _f, g, o = (x @ weight_x.T + h @ weight_h.T + bias).chunk(4, dim=1)
    c_new = (1 - torch.sigmoid(i)) * c + torch.sigmoid(i) * torch.tanh(g)
    h_new = torch.sigmoid(o) * torch.tanh(c_new)
    return h_new, c_new
