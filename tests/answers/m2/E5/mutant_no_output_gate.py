# The whole cell is shown.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, f, g, _o = (x @ weight_x.T + h @ weight_h.T + bias).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h_new = torch.tanh(c_new)
    return h_new, c_new
