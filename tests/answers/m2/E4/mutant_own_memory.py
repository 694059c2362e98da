# The stream keeps its past in a list outside, and resets when the past is zero.
def causal_conv(x, weight, bias, dilation):
    return F.conv1d(F.pad(x, ((weight.shape[2] - 1) * dilation, 0)), weight, bias, dilation=dilation)


def causal_step(x_t, past, weight, bias, dilation):
    memory = causal_step.__dict__.setdefault("memory", {})
    key = (tuple(past.shape), dilation)
    if not past.any() or key not in memory:
        memory[key] = past
    full = torch.cat([memory[key], x_t[:, :, None]], dim=2)
    memory[key] = full[:, :, 1:]
    return F.conv1d(full, weight, bias, dilation=dilation)[:, :, -1], full[:, :, 1:]
