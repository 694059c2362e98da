# Padding on both sides and the end cut off; the step calls a convolution.
def causal_conv(x, weight, bias, dilation):
    reach = (weight.shape[-1] - 1) * dilation
    y = torch.nn.functional.conv1d(x, weight, bias, padding=reach, dilation=dilation)
    return y[:, :, : x.shape[-1]]


def causal_step(x_t, past, weight, bias, dilation):
    window = torch.cat([past, x_t.unsqueeze(-1)], dim=-1)
    return F.conv1d(window, weight, bias, dilation=dilation).squeeze(-1), window[..., 1:].clone()
