# The padding knows the dilation, the kernel does not.
def causal_conv(x, weight, bias, dilation):
    reach = (weight.shape[2] - 1) * dilation
    return F.conv1d(F.pad(x, (reach, 0)), weight, bias)[:, :, -x.shape[2] :]


def causal_step(x_t, past, weight, bias, dilation):
    seen = torch.cat([past, x_t[:, :, None]], dim=2)
    y_t = torch.einsum("ock,bck->bo", weight, seen[:, :, ::dilation]) + bias
    return y_t, seen[:, :, 1:]
