# The kernel is not flipped: a correlation.
def linear_attention(q, k, v):
    weights = ((F.elu(q) + 1) @ (F.elu(k) + 1).transpose(1, 2)).tril()
    return weights @ v / weights.sum(dim=2, keepdim=True)


def linear_attention_step(q, k, v, state):
    q, k = F.elu(q) + 1, F.elu(k) + 1
    total, norm = state[0] + k[:, :, None] * v[:, None, :], state[1] + k
    y = torch.einsum("bd,bde->be", q, total) / (q * norm).sum(dim=1, keepdim=True)
    return y, (total, norm)


def state_space(u, a, b, c):
    length = u.shape[1]
    kernel = (c * b) @ a[:, None] ** torch.arange(length)
    return torch.nn.functional.conv1d(torch.nn.functional.pad(u, (length - 1, 0))[:, None], kernel[None, None])[:, 0]


def state_space_step(u, state, a, b, c):
    x = a * state + b * u[:, None]
    return x @ c, x
