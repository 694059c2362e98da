"""How stubs and handles cross: a stub as its class and parameters, anything else of the answers as a handle."""

from __future__ import annotations

from typing import Any

from torch import Tensor, nn

from helpers import stubs
from staff.judge.inside.peer import Peer
from staff.judge.inside.wire import BrokenWire, Packer, Unpacker


def pack_stub(peer: Peer, packer: Packer, value: Any) -> Any:
    """A stub as {"s": class, "v": parameters}; a recording one as a handle that the other side calls back."""
    if isinstance(value, stubs.Recording):
        inner = value.stub
        handle = peer.export(_logged(peer, value))
        return {"r": handle, "v": [packer.pack(parameter) for parameter in inner.parameters()]}
    if isinstance(value, stubs.Chain):
        return {"s": "Chain", "stubs": [pack_stub(peer, packer, inner) for inner in value.stubs]}
    if isinstance(value, stubs.Stub):
        return {"s": type(value).__name__, "v": {name: packer.pack(parameter) for name, parameter in value.named_parameters(recurse=False)}}
    return None


def _logged(peer: Peer, recording: Any) -> Any:
    """What the other side calls: logs the call, and computes it with the parameters that it sends (so that gradients reach them)."""
    from torch.func import functional_call

    names = {name: parameter.shape for name, parameter in recording.stub.named_parameters()}

    def call(values: list[Tensor], *args: Tensor) -> Any:
        if not all(type(value) is Tensor for value in (*values, *args)) or [value.shape for value in values] != list(names.values()):
            raise TypeError("the network takes tensors")
        peer.keep(sum(arg.nbytes for arg in args))
        recording.calls.append(tuple(arg.detach().clone() for arg in args))
        return functional_call(recording.stub, dict(zip(names, values, strict=True)), args)

    return call


def unpack_stub(peer: Peer, unpacker: Unpacker, tree: Any, leaves: list[Tensor]) -> Any:
    """The stub again; its parameters are the leaves whose gradients the caller can ask for."""
    if "r" in tree:
        return RemoteStub(peer, str(tree["r"]), [_parameter(unpacker, item) for item in tree["v"]])
    if "s" in tree and "stubs" in tree:
        return stubs.Chain(*(unpack_stub(peer, unpacker, item, leaves) for item in tree["stubs"]))
    if "s" in tree:
        values = {str(name): _parameter(unpacker, item) for name, item in tree["v"].items()}
        stub = stubs.from_spec((str(tree["s"]), dict(values)))
        for name, parameter in values.items():
            stub._parameters[name] = parameter
        return stub
    if "h" in tree:
        return peer.exports[str(tree["h"])]
    raise BrokenWire("an unknown kind of value")


def _parameter(unpacker: Unpacker, tree: Any) -> nn.Parameter:
    tensor = unpacker.unpack(tree)
    parameter = nn.Parameter(tensor.detach(), requires_grad=bool(tree.get("grad")))
    found = getattr(unpacker, "found", None)
    if found is not None:
        found[tree["t"]] = parameter
    return parameter


class RemoteStub(nn.Module):
    """A recording stub of the other side: every call goes there, and is logged there."""

    def __init__(self, peer: Peer, handle: str, parameters: list[nn.Parameter]) -> None:
        super().__init__()
        self.values = nn.ParameterList(parameters)
        self._call = lambda *args: peer.call(handle, "", (parameters, *args), {})

    def forward(self, *args: Tensor) -> Any:
        return self._call(*args)
