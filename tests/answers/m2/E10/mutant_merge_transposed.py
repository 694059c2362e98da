# The merged matrix has the change of the transposed product.
def lora_init(noise, outputs):
    return noise / math.sqrt(noise.shape[1]), torch.zeros(outputs, noise.shape[0], dtype=noise.dtype, device=noise.device)


def lora_linear(x, weight, bias, a, b, alpha):
    frozen = F.linear(x, weight.detach(), None if bias is None else bias.detach())
    return frozen + alpha / a.shape[0] * (x @ a.T) @ b.T


def lora_merge(weight, a, b, alpha):
    change = a.T @ b.T
    return weight + alpha / a.shape[0] * (change if change.shape == weight.shape else change.T)
