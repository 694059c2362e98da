# The layer multiplies by the merged matrix.
def lora_init(noise, outputs):
    return noise / math.sqrt(noise.shape[1]), torch.zeros(outputs, noise.shape[0], dtype=noise.dtype, device=noise.device)


def lora_linear(x, weight, bias, a, b, alpha):
    out = x @ lora_merge(weight.detach(), a, b, alpha).transpose(0, 1)
    return out if bias is None else out + bias.detach()


def lora_merge(weight, a, b, alpha):
    return weight + alpha / a.shape[0] * (b @ a)
