"""What crosses between the judge and a sandbox: length-prefixed messages of JSON and safetensors. Nothing is unpickled.

A message is a dict of plain values; tensors inside it travel in one safetensors block, with their strides, their
`requires_grad` and whether they are leaves. Anything else is refused with `CannotCross`.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import Any

import torch
from safetensors.torch import load as load_tensors
from safetensors.torch import save as save_tensors
from torch import Tensor

HEADER = struct.Struct("!II")  # bytes of JSON, bytes of tensors
MAX_BYTES = 256 * 2**20
MAX_TEXT = 4 * 2**20  # of JSON, or of the header of a safetensors block: parsed, either takes some thirty times as much
MAX_STRIDED = 16 * 2**20  # bytes of a tensor with gaps between its elements
MAX_EMPTY = 10**6  # longest axis of a tensor without elements, which costs no bytes to send
MAX_DEPTH = 20
PLAIN = (bool, int, float, str)
SESSION = "!session"  # the handle of what the judge asks of the sandbox; no name in a notebook is like it


class CannotCross(TypeError):
    """A value that is no plain data."""


class BrokenWire(Exception):
    """The other side closed the connection, or sent something that is no message."""


class TooMuch(BrokenWire):
    """The other side wants more memory here than it may have."""


class WireTimeout(Exception):
    """The other side did not answer in time."""


class Packer:
    """Turns values into JSON-able trees, collecting their tensors; `special` may encode further kinds of objects."""

    def __init__(self, special: Any = None) -> None:
        self.tensors: list[Tensor] = []
        self.special = special

    def pack(self, value: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH:
            raise CannotCross(f"a value nested more than {MAX_DEPTH} deep")
        if value is None or type(value) in PLAIN:
            return _checked(value)
        if isinstance(value, Tensor):
            return self._tensor(value)
        if type(value) in (list, tuple):
            return {"l" if type(value) is list else "u": [self.pack(item, depth + 1) for item in value]}
        if isinstance(value, dict):
            return {"d": [[self.pack(key, depth + 1), self.pack(item, depth + 1)] for key, item in value.items()]}
        if isinstance(value, int | float | str):  # an enumeration, say, or another subclass: the plain value
            return self.pack(_plain(value), depth)
        if self.special is not None:
            packed = self.special(self, value)
            if packed is not None:
                return packed
        if isinstance(value, tuple):  # named tuples of torch (max, slogdet …) count as tuples
            return {"u": [self.pack(item, depth + 1) for item in value]}
        if hasattr(value, "item") and getattr(value, "shape", None) == ():  # a number of NumPy
            return _checked(value.item())
        raise CannotCross(f"a value of type {type(value).__name__}; tensors, numbers, text, lists, tuples and dicts can be compared")

    def _tensor(self, tensor: Tensor) -> Any:
        if tensor.layout is not torch.strided or (tensor.is_complex() and tensor.is_conj()):
            tensor = tensor.to_dense() if tensor.layout is not torch.strided else tensor.resolve_conj()
        self.tensors.append(tensor)
        return {"t": len(self.tensors) - 1, "stride": list(tensor.stride()), "grad": tensor.requires_grad, "leaf": tensor.is_leaf}


def _plain(value: int | float | str) -> int | float | str:
    if isinstance(value, str):
        return str.__str__(value)
    return float.__float__(value) if isinstance(value, float) else int.__int__(value)


def _checked(value: Any) -> Any:
    if type(value) is int and abs(value) >= 2**200:
        raise CannotCross("an integer of more than 200 bits")
    if type(value) is str:
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


class Unpacker:
    """The way back. `special` decodes what the packer's `special` made; `leaf` sees every tensor that was decoded."""

    def __init__(self, tensors: list[Tensor], special: Any = None) -> None:
        self.tensors = tensors
        self.special = special

    def unpack(self, tree: Any, depth: int = 0) -> Any:
        if depth > MAX_DEPTH + 1:
            raise BrokenWire("a value nested too deep")
        if tree is None or type(tree) in PLAIN:
            return tree
        if not isinstance(tree, dict):
            raise BrokenWire("no value")
        if "t" in tree:
            return self._tensor(tree)
        if "l" in tree:
            return [self.unpack(item, depth + 1) for item in tree["l"]]
        if "u" in tree:
            return tuple(self.unpack(item, depth + 1) for item in tree["u"])
        if "d" in tree:
            return {_key(self.unpack(key, depth + 1)): self.unpack(item, depth + 1) for key, item in tree["d"]}
        if self.special is not None:
            return self.special(self, tree)
        raise BrokenWire("an unknown kind of value")

    def _tensor(self, tree: dict[str, Any]) -> Tensor:
        index = tree["t"]
        if type(index) is not int or not 0 <= index < len(self.tensors):
            raise BrokenWire("a tensor that was not sent")
        tensor = with_stride(self.tensors[index], tree.get("stride"))
        if tree.get("grad") and tensor.dtype.is_floating_point:
            tensor.requires_grad_()
        return tensor


def _key(key: Any) -> Any:
    if isinstance(key, list | dict | Tensor):
        raise BrokenWire("a key that is no plain value")
    return key


def with_stride(tensor: Tensor, stride: Any) -> Tensor:
    """The tensor laid out with the given strides, where these are sensible; contiguous otherwise."""
    if not isinstance(stride, list) or len(stride) != tensor.ndim or not all(type(step) is int and 0 <= step < 2**31 for step in stride):
        return tensor
    if tuple(stride) == tensor.stride() or tensor.numel() == 0:
        return tensor
    extent = 1 + sum((size - 1) * step for size, step in zip(tensor.shape, stride, strict=True))
    overlapping = sorted((step, size) for size, step in zip(tensor.shape, stride, strict=True) if size > 1)
    reach = 1
    for step, size in overlapping:  # every axis steps over all that lies below it: no two elements share a place
        if step < reach:
            return tensor
        reach = step * (size - 1) + reach
    if extent * tensor.element_size() > MAX_STRIDED and extent > 2 * tensor.numel():
        return tensor
    return torch.empty_strided(tuple(tensor.shape), tuple(stride), dtype=tensor.dtype).copy_(tensor)


def send(channel: socket.socket, message: dict[str, Any], tensors: list[Tensor], deadline: float | None = None) -> None:
    """Write one message. Raises CannotCross where it is too large, WireTimeout where nobody reads, BrokenWire where nobody is there."""
    size = sum(tensor.numel() * tensor.element_size() for tensor in tensors)  # before an expanded tensor is laid out
    if size > MAX_BYTES:
        raise CannotCross(f"{size / 2**20:.0f} MiB of values, {MAX_BYTES // 2**20} MiB at most")
    try:
        blob = save_tensors({str(k): t.detach().contiguous().clone() for k, t in enumerate(tensors)}) if tensors else b""
        text = json.dumps(message).encode()
    except (MemoryError, WireTimeout):
        raise
    except Exception as error:  # tensors without storage, of a kind that safetensors has not …
        raise CannotCross(f"a value that can't be sent ({type(error).__name__})") from None
    if len(text) > MAX_TEXT:
        raise CannotCross(f"{len(text) / 2**20:.0f} MiB of text, {MAX_TEXT // 2**20} MiB at most")
    try:
        channel.settimeout(None if deadline is None else max(0.001, deadline - time.monotonic()))
        channel.sendall(HEADER.pack(len(text), len(blob)) + text + blob)
    except TimeoutError:
        raise WireTimeout from None
    except OSError as error:
        raise BrokenWire(str(error)) from None


def receive(channel: socket.socket, deadline: float | None = None) -> tuple[dict[str, Any], list[Tensor]]:
    """Read one message. Raises WireTimeout after `deadline` (monotonic clock), BrokenWire where it is no message."""
    text_size, blob_size = HEADER.unpack(_exactly(channel, HEADER.size, deadline))
    if text_size > MAX_TEXT or blob_size > MAX_BYTES + MAX_TEXT:
        raise TooMuch(f"a message of {(text_size + blob_size) / 2**20:.0f} MiB")
    text, blob = _exactly(channel, text_size, deadline), _exactly(channel, blob_size, deadline)
    try:
        message = json.loads(text)
        tensors = _tensors(blob) if blob else []
    except (BrokenWire, WireTimeout):
        raise
    except Exception as error:  # safetensors raises its own class for a damaged block
        raise BrokenWire(f"no message: {type(error).__name__}") from None
    if not isinstance(message, dict):
        raise BrokenWire("no message")
    return message, tensors


def _tensors(blob: bytes) -> list[Tensor]:
    """The tensors of a safetensors block, named 0, 1, 2 …"""
    if int.from_bytes(blob[:8], "little") > MAX_TEXT:
        raise TooMuch("a safetensors header that is too long")
    named = load_tensors(blob)
    tensors = [named[str(k)] for k in range(len(named))]
    if any(tensor.numel() == 0 and max(tensor.shape, default=0) > MAX_EMPTY for tensor in tensors):
        raise BrokenWire("an empty tensor with a very long axis")
    # A byte of 2 is neither true nor false; detached, a tensor is no view of its bytes, and an answer may change its shape in place.
    return [tensor.view(torch.uint8) != 0 if tensor.dtype is torch.bool else tensor.detach() for tensor in tensors]


def _exactly(channel: socket.socket, size: int, deadline: float | None) -> bytes:
    parts = bytearray()
    while len(parts) < size:
        left = None if deadline is None else deadline - time.monotonic()
        if left is not None and left <= 0:
            raise WireTimeout
        try:
            channel.settimeout(left)
            part = channel.recv(min(size - len(parts), 2**20))
        except TimeoutError:
            raise WireTimeout from None
        except OSError as error:
            raise BrokenWire(str(error)) from None
        if not part:
            raise BrokenWire("the other side is gone")
        parts += part
    return bytes(parts)
