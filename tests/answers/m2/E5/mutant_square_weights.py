# The recurrent weight of each gate is transposed.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, f, g, o = (x @ weight_x.T + torch.cat([h @ w for w in weight_h.chunk(4)], dim=1) + bias).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    h_new = torch.sigmoid(o) * torch.tanh(c_new)
    return h_new, c_new
