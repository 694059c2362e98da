# Before the start comes the first sample, again and again.
def causal_conv(x, weight, bias, dilation):
    reach = (weight.shape[2] - 1) * dilation
    return F.conv1d(torch.cat([x[:, :, :1].expand(-1, -1, reach), x], dim=2), weight, bias, dilation=dilation)


def causal_step(x_t, past, weight, bias, dilation):
    seen = torch.cat([past, x_t[:, :, None]], dim=2)
    y_t = torch.einsum("ock,bck->bo", weight, seen[:, :, ::dilation]) + bias
    return y_t, seen[:, :, 1:]
