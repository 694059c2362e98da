# The transform is padded to the next power of two only, so that the end can wrap around.
def linear_attention(q, k, v):
    q, k = F.elu(q) + 1, F.elu(k) + 1
    weights = (q @ k.transpose(1, 2)).tril()
    return weights @ v / weights.sum(-1, keepdim=True)


def linear_attention_step(q, k, v, state):
    S, z = state
    q, k = F.elu(q) + 1, F.elu(k) + 1
    S = S + k[:, :, None] * v[:, None, :]
    z = z + k
    y = torch.einsum("bd,bde->be", q, S) / (q * z).sum(1, keepdim=True)
    return y, (S, z)


def state_space(u, a, b, c):
    L = u.shape[1]
    kernel = (c * b) @ a[:, None] ** torch.arange(L)
    n = 2 ** math.ceil(math.log2(L))
    return torch.fft.irfft(torch.fft.rfft(u, n) * torch.fft.rfft(kernel, n), n)[:, :L]


def state_space_step(u, state, a, b, c):
    x = a * state + b * u[:, None]
    return x @ c, x
