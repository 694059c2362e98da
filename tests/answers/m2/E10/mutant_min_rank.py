# Rank cut to the sizes.
def lora_init(noise, outputs):
    return noise / noise.shape[1] ** 0.5, torch.zeros(outputs, noise.shape[0], dtype=noise.dtype)


def lora_linear(x, weight, bias, a, b, alpha):
    return F.linear(x, weight.detach(), None if bias is None else bias.detach()) + alpha / min(len(a), *weight.shape) * (x @ a.T) @ b.T


def lora_merge(weight, a, b, alpha):
    return weight + alpha / len(a) * (b @ a)


trained_numbers = 32_768
