"""Stand-ins for networks whose right answer is known in closed form, for checks and tests.

Every stub is an ordinary `nn.Module` built from tensors and numbers alone. `stub.spec()` says which class and which
values, and `from_spec` builds an equal stub from that, in another process as well.

B items of D elements each. Unless said otherwise an item is a vector, x (B, D), or an image, x (B, C, H, W) with
D = C·H·W, and a stub also takes one item without its batch axis, as `torch.func.vmap` passes it.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from helpers.compare import close as close
from helpers.compare import unchanged as unchanged

Spec = tuple[str, dict[str, Any]]


class Stub(nn.Module):
    """A module whose keyword arguments are kept as parameters: `stub.weight` is what was given as `weight`."""

    def __init__(self, **values: Tensor | float) -> None:
        super().__init__()
        for name, value in values.items():
            tensor = torch.as_tensor(value)
            tensor = tensor if tensor.is_floating_point() else tensor.to(torch.get_default_dtype())
            self.register_parameter(name, nn.Parameter(tensor.detach().clone()))

    def spec(self) -> Spec:
        """(class name, keyword arguments): all that is needed to build the stub again."""
        return type(self).__name__, {name: value.detach().clone() for name, value in self.named_parameters(recurse=False)}


class Constant(Stub):
    """f(x, ...) = value for every item, whatever the input: (B, ...) -> (B, *value.shape)."""

    value: Tensor

    def __init__(self, value: Tensor | float) -> None:
        super().__init__(value=value)

    def forward(self, x: Tensor, *others: Tensor) -> Tensor:
        return self.value.expand(x.shape[0], *self.value.shape)


class Affine(Stub):
    """f(x) = weight x + bias on an item's elements; log|det| = log|det weight|.

    weight: (D_out, D), bias: (D_out,). Items keep their shape where D_out = D; otherwise they are vectors.
    """

    weight: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        super().__init__(weight=weight, bias=bias)

    def forward(self, x: Tensor) -> Tensor:
        return _linear(x, self.weight) + _like_items(self.bias, x, self.weight)


class TimeAffine(Stub):
    """f(x, t) = weight x + t slope + bias on an item's elements: a velocity whose value tells which t it was given.

    weight: (D, D), slope and bias: (D,), x: (B, D) or (B, C, H, W), t: (B,).
    Any other shape of t is refused, as time-dependent networks refuse it.
    """

    weight: Tensor
    slope: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, slope: Tensor, bias: Tensor) -> None:
        super().__init__(weight=weight, slope=slope, bias=bias)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        _check_time(x, t)
        rate, bias = _like_items(self.slope, x, self.weight), _like_items(self.bias, x, self.weight)
        return _linear(x, self.weight) + t.reshape(-1, *[1] * (x.ndim - 1)) * rate + bias


class Log(Stub):
    """f(x) = log x, element by element (x > 0); log|det| = -sum log x."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.log(x)


class Exp(Stub):
    """f(x) = exp x, element by element; log|det| = sum x."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.exp(x)


class Tanh(Stub):
    """f(x) = tanh x, element by element: whatever a test puts in, what comes out is bounded; log|det| = sum log(1 - tanh^2 x)."""

    def forward(self, x: Tensor) -> Tensor:
        return torch.tanh(x)


class ChannelMix(Stub):
    """f(x) = weight x at every pixel of an image, (B, C, H, W) -> the same; log|det| = H·W·log|det weight|.

    weight: (C, C). The invertible 1 × 1 convolution of Glow [Kingma and Dhariwal 2018, eq. 9]; it refuses vectors.
    """

    weight: Tensor

    def __init__(self, weight: Tensor) -> None:
        super().__init__(weight=weight)

    def forward(self, x: Tensor) -> Tensor:
        return _mix_channels(x, self.weight)


class TimeChannelMix(Stub):
    """f(x, t) = weight x + t slope + bias at every pixel: `TimeAffine` for images, (B, C, H, W) -> the same; it refuses vectors.

    weight: (C, C), slope and bias: (C,), t: (B,).
    """

    weight: Tensor
    slope: Tensor
    bias: Tensor

    def __init__(self, weight: Tensor, slope: Tensor, bias: Tensor) -> None:
        super().__init__(weight=weight, slope=slope, bias=bias)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        _check_time(x, t)
        change = t[:, None, None, None] * self.slope[:, None, None] + self.bias[:, None, None]
        return _mix_channels(x, self.weight) + change


class TimeWave(Stub):
    """f(x, t) = out sin(weight x + t slope + bias) on an item's elements. weight: (N, D), slope, bias: (N,), out: (D, N), t: (B,)."""

    weight: Tensor
    slope: Tensor
    bias: Tensor
    out: Tensor

    def __init__(self, weight: Tensor, slope: Tensor, bias: Tensor, out: Tensor) -> None:
        super().__init__(weight=weight, slope=slope, bias=bias, out=out)

    def forward(self, x: Tensor, t: Tensor) -> Tensor:
        _check_time(x, t)
        angle = x.reshape(len(x), -1) @ self.weight.T + t[:, None] * self.slope + self.bias  # (B, N)
        return (torch.sin(angle) @ self.out.T).reshape(x.shape)  # its Jacobian is out diag(cos angle) weight


class GaussianLogProb(Stub):
    """log N(z; mean, diag std^2) in nats: (B, *mean.shape) -> (B,). The shape of an item is the shape of `mean`.

    mean and std: equal shapes, std > 0.
    """

    mean: Tensor
    std: Tensor

    def __init__(self, mean: Tensor, std: Tensor) -> None:
        super().__init__(mean=mean, std=std)

    def forward(self, z: Tensor) -> Tensor:
        axes = self.mean.ndim
        if z.ndim < axes or z.shape[z.ndim - axes :] != self.mean.shape:
            raise ValueError(f"the base density got z of shape {tuple(z.shape)}; its items have shape {tuple(self.mean.shape)}")
        terms = -0.5 * ((z - self.mean) / self.std) ** 2 - torch.log(self.std) - 0.5 * math.log(2 * math.pi)
        return terms.sum(dim=tuple(range(-axes, 0)))


class Chain(Stub):
    """The stubs one after the other: Chain(f, g)(x) = g(f(x)); the log|det| add up."""

    def __init__(self, *stubs: Stub) -> None:
        super().__init__()
        self.stubs = nn.ModuleList(stubs)

    def forward(self, x: Tensor) -> Tensor:
        for stub in self.stubs:
            x = stub(x)
        return x

    def spec(self) -> Spec:
        return "Chain", {"stubs": [stub.spec() for stub in self.stubs if isinstance(stub, Stub)]}


class Recording(Stub):
    """Passes every call on to `stub` and keeps its arguments in `calls`, one tuple of detached copies a call."""

    def __init__(self, stub: Stub) -> None:
        super().__init__()
        self.stub = stub
        self.calls: list[tuple[Tensor, ...]] = []

    def forward(self, *args: Tensor) -> Tensor:
        self.calls.append(tuple(arg.detach().clone() for arg in args))
        result: Tensor = self.stub(*args)
        return result

    def spec(self) -> Spec:
        return "Recording", {"stub": self.stub.spec()}


def recording(stub: Stub) -> Recording:
    """`stub` with a memory: `net = recording(stub)`, and after use `net.calls` says how it was called."""
    return Recording(stub)


def from_spec(spec: Spec) -> Stub:
    """The stub that `stub.spec()` described."""
    name, values = spec
    if name == "Chain":
        return Chain(*(from_spec(inner) for inner in values["stubs"]))
    if name == "Recording":
        return Recording(from_spec(values["stub"]))
    kinds: dict[str, Callable[..., Stub]] = {
        kind.__name__: kind for kind in (Constant, Affine, TimeAffine, Log, Exp, Tanh, ChannelMix, TimeChannelMix, TimeWave, GaussianLogProb)
    }
    if name not in kinds:
        raise ValueError(f"helpers.stubs has no stub {name!r}; there are: {', '.join([*kinds, 'Chain', 'Recording'])}")
    return kinds[name](**values)


def _check_time(x: Tensor, t: Tensor) -> None:
    if t.shape != x.shape[:1]:
        raise ValueError(
            f"the network got t of shape {tuple(t.shape)} with x of shape {tuple(x.shape)}; one time per item is needed, shape ({x.shape[0]},)"
        )


def _mix_channels(x: Tensor, weight: Tensor) -> Tensor:
    """weight (C, C) times the channels of every pixel; x (B, C, H, W), or one image (C, H, W)."""
    if x.ndim < 3 or x.shape[-3] != weight.shape[1]:
        raise ValueError(f"the network got x of shape {tuple(x.shape)}; it takes images (B, {weight.shape[1]}, H, W)")
    return torch.einsum("dc,...chw->...dhw", weight, x)


def _linear(x: Tensor, weight: Tensor) -> Tensor:
    """weight times the elements of every item; the shape stays where the number of elements does."""
    size = weight.shape[1]
    if x.shape[-1] == size:
        return x @ weight.T  # vectors, or one vector
    if size not in (math.prod(x.shape[1:]), x.numel()) or weight.shape[0] != size:
        raise ValueError(f"the network got x of shape {tuple(x.shape)}; it takes items of {size} elements")
    return (x.reshape(-1, size) @ weight.T).reshape(x.shape)


def _like_items(vector: Tensor, x: Tensor, weight: Tensor) -> Tensor:
    """A vector (D_out,) in the shape of an item of x, so that it adds to a batch."""
    if x.shape[-1] == weight.shape[1]:
        return vector
    items = x.shape[1:] if math.prod(x.shape[1:]) == weight.shape[1] else x.shape
    return vector.reshape(items)
