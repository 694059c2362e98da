# An autograd function that rounds.
class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return torch.floor(x + 0.5)

    @staticmethod
    def backward(ctx, grad):
        return grad


def scalar_quantize(z, levels, bound=torch.tanh):
    steps = [n - 1 for n in levels]
    columns, code, stride = [], 0, 1
    for d, s in enumerate(steps):
        k = Round.apply((bound(z[..., d]) + 1) * s / 2)
        columns.append(2 * k / s - 1)
        code = code + k.detach().round().to(torch.int64) * stride
        stride = stride * levels[d]
    return torch.stack(columns, dim=-1), code
