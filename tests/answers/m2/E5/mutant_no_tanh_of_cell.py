# The hidden state is o times the cell itself.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, f, g, o = (x @ weight_x.T + h @ weight_h.T + bias).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h_new = torch.sigmoid(o) * c_new
    return h_new, c_new
