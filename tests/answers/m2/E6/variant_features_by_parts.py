# Features as a sum of two parts; the convolution by the library on a flipped kernel.
def linear_attention(q, k, v):
    def phi(x):
        return torch.relu(x) + torch.exp(-torch.relu(-x))

    weights = torch.einsum("btd,bsd->bts", phi(q), phi(k)) * torch.ones(q.shape[1], q.shape[1], dtype=q.dtype).tril()
    return torch.einsum("bts,bse->bte", weights / weights.sum(2)[..., None], v)


def linear_attention_step(q, k, v, state):
    def phi(x):
        return torch.maximum(x, torch.zeros_like(x)) + torch.exp(torch.minimum(x, torch.zeros_like(x)))

    S, z = state[0] + torch.einsum("bd,be->bde", phi(k), v), state[1] + phi(k)
    return torch.einsum("bde,bd->be", S, phi(q)) / torch.einsum("bd,bd->b", z, phi(q)).unsqueeze(1), (S, z)


def state_space(u, a, b, c):
    L = u.shape[1]
    kernel = torch.stack([(c * b * a**j).sum() for j in range(L)])
    return F.conv1d(F.pad(u[:, None], (L - 1, 0)), kernel.flip(0)[None, None])[:, 0]


def state_space_step(u, state, a, b, c):
    new = torch.stack([torch.stack([a[n] * state[i, n] + b[n] * u[i] for n in range(len(a))]) for i in range(len(u))])
    return new.mv(c), new
