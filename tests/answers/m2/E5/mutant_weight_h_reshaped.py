# The recurrent weights are reshaped where they should be transposed.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    a = x @ weight_x.T + h @ weight_h.reshape(h.shape[1], -1) + bias
    i, f, g, o = a.chunk(4, dim=1)
    i, f, g, o = torch.sigmoid(i), torch.sigmoid(f), torch.tanh(g), torch.sigmoid(o)
    c_new = f * c + i * g
    h_new = o * torch.tanh(c_new)
    return h_new, c_new
