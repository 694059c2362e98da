# Sums over the weights one by one, for the sound and for the step.
def causal_conv(x, weight, bias, dilation):
    b, _, t = x.shape
    k = weight.shape[2]
    y = torch.zeros(b, weight.shape[0], t, dtype=x.dtype) + bias[:, None]
    for j in range(k):
        back = (k - 1 - j) * dilation
        if back < t:
            moved = torch.cat([torch.zeros(b, x.shape[1], back, dtype=x.dtype), x[:, :, : t - back]], dim=2)
            y = y + torch.einsum("oc,bct->bot", weight[:, :, j], moved)
    return y


def causal_step(x_t, past, weight, bias, dilation):
    k = weight.shape[2]
    y_t = x_t @ weight[:, :, -1].T + bias
    for j in range(k - 1):
        y_t = y_t + past[:, :, j * dilation] @ weight[:, :, j].T
    return y_t, torch.cat((past, x_t.unsqueeze(2)), dim=2)[:, :, 1:]
