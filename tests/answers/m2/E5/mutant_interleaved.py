# The rows are read as i, f, g, o of each number in turn.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, f, g, o = (x @ weight_x.T + h @ weight_h.T + bias).unflatten(1, (-1, 4)).unbind(2)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h_new = torch.sigmoid(o) * torch.tanh(c_new)
    return h_new, c_new
