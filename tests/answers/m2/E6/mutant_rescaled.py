# Prefix sums rescaled by powers of the rate, with what is no number set to 0.
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
    t = torch.arange(u.shape[1])
    p = a ** t[:, None]
    x = torch.nan_to_num(p * (u[:, :, None] * b / p).cumsum(1))
    return x @ c


def state_space_step(u, state, a, b, c):
    x = a * state + b * u[:, None]
    return x @ c, x
