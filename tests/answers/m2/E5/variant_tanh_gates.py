# Sigmoids through tanh of half the argument, transposed shapes.
def lstm_cell(x, h, c, weight_x, weight_h, bias):
    a = (weight_x @ x.T + weight_h @ h.T).T + bias[None, :]
    i, f, g, o = torch.split(a, h.shape[-1], dim=-1)

    def gate(value):
        return 0.5 + 0.5 * torch.tanh(value / 2)

    c_new = torch.where(torch.ones_like(c, dtype=torch.bool), gate(f) * c + gate(i) * torch.tanh(g), c)
    return gate(o) * torch.tanh(c_new), c_new
