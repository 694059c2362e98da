# An additive mask of minus infinity; pairs as complex numbers.
def causal_attention(q, k, v):
    length, size = q.shape[-2:]
    mask = torch.full((length, length), float("-inf"), dtype=q.dtype).triu(diagonal=1)
    weights = F.softmax(torch.einsum("...id,...jd->...ij", q, k) / size**0.5 + mask, dim=-1)
    return torch.einsum("...ij,...je->...ie", weights, v), weights


def rotate(x, positions):
    size = x.shape[-1]
    theta = torch.exp(-math.log(10000.0) * torch.arange(0, size, 2, dtype=torch.float64) / size)
    angles = torch.outer(positions.double(), theta)
    turn = torch.polar(torch.ones_like(angles), angles).to(torch.complex64 if x.dtype == torch.float32 else torch.complex128)
    pairs = torch.view_as_complex(x.reshape(*x.shape[:-1], -1, 2).contiguous())
    return torch.view_as_real(pairs * turn).reshape(x.shape)
