# The dilation used as a stride of the sound.
def causal_conv(x, weight, bias, dilation):
    y = F.conv1d(F.pad(x, (weight.shape[2] - 1, 0)), weight, bias, stride=dilation)
    return y.repeat_interleave(dilation, dim=2)[:, :, : x.shape[2]]


def causal_step(x_t, past, weight, bias, dilation):
    seen = torch.cat([past, x_t[:, :, None]], dim=2)
    y_t = torch.einsum("ock,bck->bo", weight, seen[:, :, ::dilation]) + bias
    return y_t, seen[:, :, 1:]
