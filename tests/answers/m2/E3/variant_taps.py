# A sum over the allowed weights, each with its own shifted image; no convolution is called.
def masked_conv(x, weight, bias, kind):
    k_h, k_w = weight.shape[2:]
    rows, columns = x.shape[2:]
    wide = F.pad(x, (k_w // 2, k_w // 2, k_h // 2, k_h // 2))
    out = bias[None, :, None, None].expand(len(x), -1, rows, columns)
    last = (k_h // 2) * k_w + k_w // 2 + (1 if kind == "B" else 0)
    for n in range(last):
        i, j = divmod(n, k_w)
        out = out + torch.einsum("oc,bchw->bohw", weight[:, :, i, j], wide[:, :, i : i + rows, j : j + columns])
    return out
