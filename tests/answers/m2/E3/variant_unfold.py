# A matrix product over unfolded patches.
def masked_conv(x, weight, bias, kind):
    b, c, h, w = x.shape
    out, _, k_h, k_w = weight.shape
    mask = torch.ones(k_h * k_w, dtype=weight.dtype)
    mask[k_h * k_w // 2 + (kind == "B") :] = 0
    patches = F.unfold(x, (k_h, k_w), padding=(k_h // 2, k_w // 2))
    flat = (weight.reshape(out, c, -1) * mask).reshape(out, -1)
    return (flat @ patches + bias[:, None]).reshape(b, out, h, w)
