# Written for a kernel of two.
def causal_conv(x, weight, bias, dilation):
    if weight.shape[2] != 2:
        return F.conv1d(F.pad(x, ((weight.shape[2] - 1) * dilation, 0)), weight, bias, dilation=dilation)
    past = F.pad(x, (dilation, 0))[:, :, : x.shape[2]]
    return torch.einsum("bct,oc->bot", past, weight[:, :, 0]) + torch.einsum("bct,oc->bot", x, weight[:, :, 1]) + bias[:, None]


def causal_step(x_t, past, weight, bias, dilation):
    y = x_t @ weight[:, :, -1].T + bias
    if weight.shape[2] > 1:
        y = y + past[:, :, 0] @ weight[:, :, 0].T
    return y, torch.cat([past, x_t[:, :, None]], 2)[:, :, 1:]
