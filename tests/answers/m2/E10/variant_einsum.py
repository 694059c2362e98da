# By einsum, the scale on the factor b.
def lora_init(noise, outputs):
    return noise / math.sqrt(noise.shape[1]), torch.zeros(outputs, noise.shape[0], dtype=noise.dtype, device=noise.device)


def lora_linear(x, weight, bias, a, b, alpha):
    out = torch.einsum("...n,mn->...m", x, weight.detach())
    if bias is not None:
        out = out + bias.detach()
    return out + torch.einsum("...n,rn,mr->...m", x, a, b * (alpha / len(a)))


def lora_merge(weight, a, b, alpha):
    return torch.addmm(weight, b, a, alpha=alpha / a.size(0))
