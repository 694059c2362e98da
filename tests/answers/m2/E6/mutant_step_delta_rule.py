# The step writes the difference from what the key already recalls.
def linear_attention(q, k, v):
    q, k = F.elu(q) + 1, F.elu(k) + 1
    weights = (q @ k.transpose(1, 2)).tril()
    return weights @ v / weights.sum(-1, keepdim=True)


def linear_attention_step(q, k, v, state):
    S, z = state
    q, k = F.elu(q) + 1, F.elu(k) + 1
    S = S + k[:, :, None] * (v - torch.einsum("bd,bde->be", k, S))[:, None, :]
    z = z + k
    y = torch.einsum("bd,bde->be", q, S) / (q * z).sum(1, keepdim=True)
    return y, (S, z)


def state_space(u, a, b, c):
    L = u.shape[1]
    kernel = (c * b) @ a[:, None] ** torch.arange(L)
    lag = torch.arange(L)[:, None] - torch.arange(L)
    return u @ torch.where(lag >= 0, kernel[lag.clamp(min=0)], 0.0).T


def state_space_step(u, state, a, b, c):
    x = a * state + b * u[:, None]
    return x @ c, x
