# The output gate alone is a sigmoid written out, whose gradient is not a number for -1000.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    i, f, g, o = (x @ weight_x.T + h @ weight_h.T + bias).chunk(4, dim=1)
    c_new = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
    return torch.tanh(c_new) / (1 + torch.exp(-o)), c_new
