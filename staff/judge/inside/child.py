"""In the sandbox, one process per submission: runs the answers' cells, then their functions as the judge calls them."""

from __future__ import annotations

import builtins
import linecache
import os
import socket
import sys
import types
from collections import ChainMap
from typing import Any

import torch
from IPython.core.inputtransformer2 import TransformerManager
from torch import nn

from helpers import stubs
from staff.judge.inside import stubwire
from staff.judge.inside.peer import Peer
from staff.judge.inside.wire import PLAIN, SESSION, BrokenWire, Packer, receive


class Shell:
    """Stands where a notebook's cells expect IPython: magics do nothing."""

    def __getattr__(self, name: str) -> Any:
        return lambda *args, **kwargs: None


class Session:
    """What the judge may ask for: run a cell, say what a name is, give a value."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.transform = TransformerManager().transform_cell

    def put(self, name: str, content: Any) -> None:
        """Write a file that was handed in, such as artifacts/moons.safetensors."""
        place = os.path.join("/tmp", name)
        os.makedirs(os.path.dirname(place), exist_ok=True)
        try:
            with open(place, "wb") as file:
                file.write(content.numpy().tobytes())
        except OSError:  # no room: what is not whole is left out
            os.unlink(place)

    def run(self, name: str, source: str) -> dict[str, str] | None:
        """Run one cell; returns the kind and the text of the exception that ended it, if one did."""
        file = f"<{name}>"
        try:
            text = self.transform(source)
            linecache.cache[file] = (len(text), None, text.splitlines(True), file)
            exec(compile(text, file, "exec"), self.namespace)
        except BaseException as error:
            return {"kind": type(error).__name__, "text": str(error)[:2000]}
        return None

    def kinds(self, names: list[str]) -> dict[str, str]:
        """For each name: function, class, object, value or missing."""
        return {name: kind_of(self.namespace[name]) if name in self.namespace else "missing" for name in names}

    def value(self, name: str) -> Any:
        return self.namespace[name]


def kind_of(value: Any) -> str:
    if isinstance(value, type):
        return "class"
    if isinstance(value, nn.Module):
        return "object"
    if value is None or isinstance(value, (torch.Tensor, list, tuple, dict, *PLAIN)):
        return "value"
    return "function" if callable(value) else "object"


def pack_special(peer: Peer, packer: Packer, value: Any) -> Any:
    """Objects of the answers' own classes, modules and functions stay here; a handle goes out."""
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return None
    if isinstance(value, nn.Module) or callable(value) or type(value).__module__ == "__main__":
        return {"h": peer.export(value)}
    return None


def main(descriptor: int) -> None:
    """Serve the judge until it closes the channel."""
    channel = socket.socket(fileno=descriptor)
    module = types.ModuleType("__main__")
    sys.modules["__main__"] = module
    namespace = module.__dict__
    namespace.update(get_ipython=Shell, display=lambda *args, **kwargs: None)
    builtins.input = _no_input
    os.environ.clear()
    os.environ.update(HOME="/tmp", PATH="/usr/bin:/bin", MPLBACKEND="Agg", COURSE_BUDGET="smoke", LANG="C.UTF-8")
    exports = ChainMap({SESSION: Session(namespace)}, namespace)
    peer = Peer(channel, exports, pack_special, stubwire.unpack_stub, methods=True, watch=stubs.unchanged)
    while True:
        try:
            message, tensors = receive(channel)
            peer.serve(message, tensors)
        except BrokenWire:
            return


def _no_input(prompt: object = "", /) -> str:
    raise RuntimeError("input() does not work in a graded notebook: nobody is there to type")
