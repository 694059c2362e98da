# The change replaces the layer.
def lora_init(noise, outputs):
    return noise / math.sqrt(noise.shape[1]), torch.zeros(outputs, noise.shape[0], dtype=noise.dtype, device=noise.device)


def lora_linear(x, weight, bias, a, b, alpha):
    return alpha / a.shape[0] * (x @ a.T) @ b.T + (0 if bias is None else bias.detach())


def lora_merge(weight, a, b, alpha):
    return weight + alpha / a.shape[0] * (b @ a)
