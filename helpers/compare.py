"""What tests say of a result and of the arguments it was computed from; used as `stubs.close` and `stubs.unchanged`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import torch
from torch import Tensor, nn

T = TypeVar("T")
WRITTEN_TO = "an argument was written to; work on a new tensor, without operations in place such as x += 1 or x[...] = 1"


def close(got: Any, expected: Any, tolerance: float = 1e-8, relative: float = 0.0) -> bool:
    """Whether a result is what was expected: equal shapes, and |got - expected| <= tolerance + relative |expected|.

    Compared in float64, so that a result rounded to float32 shows. Lists and tuples: all their entries, one by one.
    A missing gradient (None) and NaN are never close.
    """
    if isinstance(expected, list | tuple):
        return (
            isinstance(got, list | tuple)
            and len(got) == len(expected)
            and all(close(a, b, tolerance, relative) for a, b in zip(got, expected, strict=True))
        )
    same_shape = isinstance(got, Tensor) and got.shape == expected.shape
    return same_shape and torch.allclose(got.detach().double(), expected.detach().double(), rtol=relative, atol=tolerance)


def unchanged(f: Callable[..., T], *args: Any) -> T:
    """f(*args), after a proof that f wrote to none of its arguments.

    Tensors, alone or in lists, tuples and dicts, and the parameters of modules keep dtype, shape, strides and values;
    lists and dicts keep their entries.
    Raises AssertionError otherwise.
    """
    tensors = [tensor for arg in args for tensor in _tensors(arg)]
    entries = _entries(args)
    before = [(tensor.dtype, tensor.shape, tensor.stride(), tensor.detach().clone()) for tensor in tensors]
    result = f(*args)
    for tensor, (dtype, shape, stride, values) in zip(tensors, before, strict=True):
        same_form = (tensor.dtype, tensor.shape, tensor.stride()) == (dtype, shape, stride)
        if not same_form or not torch.equal(torch.nan_to_num(tensor.detach()), torch.nan_to_num(values)):
            raise AssertionError(WRITTEN_TO)
    if _entries(args) != entries:
        raise AssertionError(WRITTEN_TO)
    return result


def _tensors(value: Any) -> list[Tensor]:
    """All tensors in nested containers, and the parameters of modules."""
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, nn.Module):
        return list(value.parameters())
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, list | tuple):
        return []
    return [tensor for item in value for tensor in _tensors(item)]


def _entries(value: Any) -> Any:
    """What lists and dicts hold, and in which order: numbers and texts by value, all else by identity."""
    if isinstance(value, dict):
        return [(key, _entries(item)) for key, item in value.items()]
    if isinstance(value, list | tuple):
        return [_entries(item) for item in value]
    return repr(value) if value is None or isinstance(value, int | float | complex | str) else id(value)
