# An nn.Conv2d called with masked weights through functional_call.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2:]
    layer = nn.Conv2d(x.shape[1], weight.shape[0], (k_h, k_w), padding=(k_h // 2, k_w // 2))
    flat = torch.ones(k_h * k_w, dtype=weight.dtype)
    flat[k_h * k_w // 2 + (0 if kind == "A" else 1) :] = 0
    return torch.func.functional_call(layer, {"weight": weight * flat.reshape(k_h, k_w), "bias": bias}, (x,))
