# Sequences fail, because everything is transposed.
def lora_init(noise, outputs):
    return noise / math.sqrt(noise.shape[1]), torch.zeros(outputs, noise.shape[0], dtype=noise.dtype, device=noise.device)


def lora_linear(x, weight, bias, a, b, alpha):
    out = (weight.detach() @ x.T).T + alpha / a.shape[0] * (b @ (a @ x.T)).T
    return out if bias is None else out + bias.detach()


def lora_merge(weight, a, b, alpha):
    return weight + alpha / a.shape[0] * (b @ a)
