# The past is moved in place.
def causal_conv(x, weight, bias, dilation):
    reach = (weight.shape[2] - 1) * dilation
    return F.conv1d(F.pad(x, (reach, 0)), weight, bias, dilation=dilation)


def causal_step(x_t, past, weight, bias, dilation):
    with torch.no_grad():
        old = past.clone()
    seen = torch.cat([old, x_t[:, :, None]], dim=2)
    y_t = torch.einsum("ock,bck->bo", weight, seen[:, :, ::dilation]) + bias
    past.copy_(seen[:, :, 1:])
    return y_t, past
