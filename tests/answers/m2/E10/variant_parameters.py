# Parameters at the start.
def lora_init(noise, outputs):
    r, n = noise.shape
    return nn.Parameter(noise / n**0.5), nn.Parameter(torch.zeros(outputs, r).to(noise))


def lora_linear(x, weight, bias, a, b, alpha):
    return F.linear(x, weight.detach(), None if bias is None else bias.detach()) + alpha / len(a) * (x @ a.T) @ b.T


def lora_merge(weight, a, b, alpha):
    return weight + alpha / len(a) * (b @ a)


trained_numbers = 32_768
