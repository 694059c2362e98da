# One outer product for each rank.
def lora_init(noise, outputs):
    rank, inputs = noise.size()
    return noise * inputs**-0.5, noise[:, :1].T.expand(outputs, rank) * 0


def lora_linear(x, weight, bias, a, b, alpha):
    frozen = F.linear(x, weight.detach(), None if bias is None else bias.detach())
    return frozen + alpha / a.shape[0] * (x @ a.T) @ b.T


def lora_merge(weight, a, b, alpha):
    merged = weight.clone()
    for k in range(a.shape[0]):
        merged = merged + (alpha / a.shape[0]) * torch.outer(b[:, k], a[k])
    return merged
