# Weights viewed as four blocks, one product for each.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    H = h.shape[1]
    wx, wh, b = weight_x.view(4, H, -1), weight_h.view(4, H, H), bias.view(4, 1, H)
    a = torch.einsum("bd,khd->kbh", x, wx) + torch.einsum("bj,khj->kbh", h, wh) + b
    i, f, o = torch.sigmoid(a[[0, 1, 3]])
    c_new = f * c + i * torch.tanh(a[2])
    return o * c_new.tanh(), c_new
