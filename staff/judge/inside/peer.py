"""One end of the border. Both ends are alike: each can call what the other exports, while a call of its own waits.

Gradients cross by vector–Jacobian products: a call leaves its graph where it ran, under a number (`node`); the
caller's graph gets a `Link` whose backward asks for the product, itself as a call that leaves a graph, so that
gradients of gradients (`create_graph=True`, `gradgradcheck`) work, and an input that was not used stays None.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor

from staff.judge.inside.wire import BrokenWire, CannotCross, Packer, TooMuch, Unpacker, WireTimeout, receive, send, with_stride

MAX_CALLS_BACK = 100_000
MAX_KEPT = 2 * 2**30


class RemoteError(Exception):
    """The other side's code raised; `kind` is the name of the exception's class."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind, self.text = kind, text


@dataclass
class Node:
    """The graph of one call that ran here: tensors that came in, tensors that went out."""

    inputs: list[Tensor]
    outputs: list[Tensor]

    def __post_init__(self) -> None:
        self.nbytes = sum(tensor.nbytes for tensor in [*self.inputs, *self.outputs])


@dataclass
class Call:
    """What the caller keeps of one call: enough to ask for its gradients."""

    peer: Peer
    node: int
    outputs: list[Tensor]
    differentiable: list[bool]

    def __del__(self) -> None:
        self.peer.dropped.append(self.node)


class Link(torch.autograd.Function):
    """Hangs the outputs of a call into the caller's graph."""

    @staticmethod
    def forward(ctx: Any, call: Call, anchor: Tensor, *inputs: Tensor) -> tuple[Tensor, ...]:
        ctx.call = call
        ctx.set_materialize_grads(False)
        ctx.save_for_backward(*inputs)
        outputs, call.outputs = tuple(call.outputs), []  # kept by the caller alone: no circle of references through the graph
        ctx.mark_non_differentiable(*[out for out, yes in zip(outputs, call.differentiable, strict=True) if not yes])
        return outputs

    @staticmethod
    def backward(ctx: Any, *grads: Tensor | None) -> tuple[Tensor | None, ...]:
        return None, None, *ctx.call.peer.vjp(ctx.call, list(ctx.saved_tensors), list(grads))


def linked(call: Call, inputs: list[Tensor]) -> list[Tensor]:
    """The call's outputs, in the caller's graph where they have gradients."""
    if not torch.is_grad_enabled() or not any(call.differentiable):
        return call.outputs
    anchor = torch.zeros((), requires_grad=True)  # so that outputs that depend on the callee's own parameters require grad too
    return list(Link.apply(call, anchor, *inputs))


@dataclass
class Peer:
    """A connection to the other side. `exports` are the objects it may call, by handle."""

    channel: socket.socket
    exports: MutableMapping[str, Any] = field(default_factory=dict)
    pack_special: Callable[[Peer, Packer, Any], Any] | None = None
    unpack_special: Callable[[Peer, Unpacker, Any, list[Tensor]], Any] | None = None
    methods: bool = False  # whether the other side may name a method of an export
    watch: Callable[..., Any] | None = None  # stubs.unchanged, on the side that runs answers
    deadline: float | None = None
    nodes: dict[int, Node] = field(default_factory=dict)
    dropped: list[int] = field(default_factory=list)
    counter: int = 0
    node_counter: int = 0
    handle_counter: int = 0
    served: int = 0
    kept_bytes: int = 0
    max_kept: int = MAX_KEPT  # bytes of graphs and logged calls that the other side can make this one keep

    # the caller's side ------------------------------------------------------------------------------------------

    def call(self, target: str, method: str, args: tuple[Any, ...], kwargs: dict[str, Any], unchanged: bool = False) -> Any:
        """Call `method` ('' for the object itself) of what the other side exports as `target`."""
        tracked: list[Tensor] = []
        packer = Packer(lambda packer, value: self._pack_special(packer, value))
        body = {"args": packer.pack(list(args)), "kwargs": packer.pack(kwargs)}
        tracked = packer.tensors
        request = {"op": "call", "target": target, "method": method, "grad_mode": torch.is_grad_enabled(), "unchanged": unchanged, **body}
        reply, tensors = self.ask(request, tracked)
        return self._result(reply, tensors, tracked)

    def _result(self, reply: dict[str, Any], tensors: list[Tensor], inputs: list[Tensor]) -> Any:
        flags, node, strides = reply.get("differentiable"), reply.get("node"), reply.get("strides")
        if isinstance(strides, list) and len(strides) == len(tensors):
            tensors = [with_stride(tensor, stride) for tensor, stride in zip(tensors, strides, strict=True)]
        if type(node) is int and isinstance(flags, list) and len(flags) == len(tensors):
            can = [bool(flag) and (out.is_floating_point() or out.is_complex()) for flag, out in zip(flags, tensors, strict=True)]
            tensors = linked(Call(self, node, tensors, can), inputs)
        unpacker = Unpacker(tensors, lambda unpacker, tree: self._unpack_special(unpacker, tree, []))
        try:
            return unpacker.unpack(_without_layout(reply.get("value")))
        except (TypeError, ValueError, KeyError, AttributeError, RecursionError) as error:
            raise BrokenWire(f"no value: {type(error).__name__}") from None

    def vjp(self, call: Call, inputs: list[Tensor], grads: list[Tensor | None]) -> list[Tensor | None]:
        """Gradients with respect to the call's inputs; differentiable again where the caller wants a graph."""
        given = [grad for grad in grads if grad is not None]
        request = {"op": "vjp", "target": call.node, "given": [grad is not None for grad in grads], "create_graph": torch.is_grad_enabled()}
        request["wanted"] = [tensor.requires_grad for tensor in inputs]
        request["graded"] = [grad.requires_grad for grad in given]
        reply, tensors = self.ask(request, given)
        present = reply.get("present")
        if not isinstance(present, list) or len(present) != len(inputs) or sum(map(bool, present)) != len(tensors):
            raise BrokenWire("no gradients")
        if type(reply.get("node")) is int and tensors:
            tensors = linked(Call(self, reply["node"], tensors, [True] * len(tensors)), inputs + given)
        rest = iter(tensors)
        return [next(rest) if there else None for there in present]

    def ask(self, request: dict[str, Any], tensors: list[Tensor]) -> tuple[dict[str, Any], list[Tensor]]:
        """Send a request and serve the other side until its reply is there. Raises RemoteError, WireTimeout, BrokenWire."""
        self.counter += 1
        number = self.counter
        dropped, self.dropped = self.dropped, []
        send(self.channel, {**request, "number": number, "dropped": dropped}, tensors, self.deadline)
        while True:
            message, received = receive(self.channel, self.deadline)
            if message.get("op") in ("call", "vjp"):
                self.serve(message, received)
            elif message.get("op") != "reply" or type(message.get("number")) is not int or message["number"] > number:
                raise BrokenWire("an answer to a question that was not asked")
            elif message["number"] == number:  # an older number: a second answer to a question before, which is past
                break
        error = message.get("error")
        if error is not None:
            kind, text = (str(error.get(key, ""))[:2000] for key in ("kind", "text")) if isinstance(error, dict) else ("Exception", "")
            raise RemoteError(kind, text)
        return message, received

    # the callee's side ------------------------------------------------------------------------------------------

    def serve(self, message: dict[str, Any], tensors: list[Tensor]) -> None:
        """Do what a request asks and reply; an exception of the called code becomes an error reply."""
        self.served += 1
        if self.served > MAX_CALLS_BACK:
            raise BrokenWire("too many calls back")
        number = message.get("number")
        try:
            self._drop(message.get("dropped") or [])
            reply, out = self._serve_vjp(message, tensors) if message["op"] == "vjp" else self._serve_call(message, tensors)
        except (BrokenWire, WireTimeout):
            raise
        except BaseException as error:
            reply, out = {"error": _described(error)}, []
        try:
            send(self.channel, {"op": "reply", "number": number, **reply}, out, self.deadline)
        except CannotCross as error:
            send(self.channel, {"op": "reply", "number": number, "error": _described(error)}, [], self.deadline)

    def _serve_call(self, message: dict[str, Any], tensors: list[Tensor]) -> tuple[dict[str, Any], list[Tensor]]:
        leaves: list[Tensor] = [tensor for tensor in tensors]
        unpacker = _Arguments(leaves, lambda unpacker, tree: self._unpack_special(unpacker, tree, leaves))
        args, kwargs = unpacker.unpack(message["args"]), unpacker.unpack(message["kwargs"])
        target = self.exports[str(message["target"])]
        function = getattr(target, str(message["method"])) if self.methods and message.get("method") else target
        with torch.set_grad_enabled(bool(message.get("grad_mode"))):
            value = self.watch(function, *args) if self.watch and message.get("unchanged") else function(*args, **kwargs)
        packer = Packer(lambda packer, item: self._pack_special(packer, item))
        tree = packer.pack(value)
        out = packer.tensors
        reply = {"value": tree, "differentiable": [t.requires_grad for t in out], "strides": [list(t.stride()) for t in out]}
        if any(t.requires_grad for t in out):
            reply["node"] = self._kept(Node(unpacker.leaves(), out))
        return reply, out

    def _serve_vjp(self, message: dict[str, Any], grads: list[Tensor]) -> tuple[dict[str, Any], list[Tensor]]:
        node = self.nodes[message["target"]]
        graded = message["graded"]
        grads = [grad.requires_grad_() if yes else grad for grad, yes in zip(grads, graded, strict=True)]
        pairs = [out for out, given in zip(node.outputs, message["given"], strict=True) if given]
        live = [(out, grad) for out, grad in zip(pairs, grads, strict=True) if out.requires_grad]
        wanted = [k for k, yes in enumerate(message["wanted"]) if yes and node.inputs[k].requires_grad]
        found: dict[int, Tensor] = {}
        if live and wanted:
            results = torch.autograd.grad(
                [out for out, _ in live],
                [node.inputs[k] for k in wanted],
                [grad for _, grad in live],
                create_graph=bool(message["create_graph"]),
                retain_graph=True,
                allow_unused=True,
            )
            found = {k: result for k, result in zip(wanted, results, strict=True) if result is not None}
        out = [found[k] for k in sorted(found)]
        reply: dict[str, Any] = {"present": [k in found for k in range(len(node.inputs))]}
        if message["create_graph"] and any(t.requires_grad for t in out):
            reply["node"] = self._kept(Node(node.inputs + grads, out))
        return reply, out

    def _kept(self, node: Node) -> int:
        self.keep(node.nbytes)
        self.node_counter += 1
        self.nodes[self.node_counter] = node
        return self.node_counter

    def keep(self, nbytes: int) -> None:
        """Account for bytes that stay here because of the other side's calls. Raises TooMuch."""
        self.kept_bytes += nbytes
        if self.kept_bytes > self.max_kept:
            raise TooMuch("too many graphs and calls to keep")

    def _drop(self, numbers: list[int]) -> None:
        for number in numbers:
            node = self.nodes.pop(number, None)
            if node is not None:
                self.kept_bytes -= node.nbytes

    def forget(self) -> None:
        """Let go of everything that was kept or exported for the other side: the test that it was for is over."""
        self.nodes.clear()
        self.exports.clear()
        self.kept_bytes = 0

    def export(self, value: Any) -> str:
        """A handle under which the other side may call `value`."""
        self.handle_counter += 1
        handle = f"#{self.handle_counter}"
        self.exports[handle] = value
        return handle

    def _pack_special(self, packer: Packer, value: Any) -> Any:
        return self.pack_special(self, packer, value) if self.pack_special else None

    def _unpack_special(self, unpacker: Unpacker, tree: Any, leaves: list[Tensor]) -> Any:
        if self.unpack_special is None:
            raise BrokenWire("an unknown kind of value")
        return self.unpack_special(self, unpacker, tree, leaves)


class _Arguments(Unpacker):
    """Decodes arguments: remembers the leaf of every tensor, and hands a non-leaf to the function where the caller's was one."""

    def __init__(self, tensors: list[Tensor], special: Any) -> None:
        super().__init__(tensors, special)
        self.found: dict[int, Tensor] = {}

    def _tensor(self, tree: dict[str, Any]) -> Tensor:
        leaf = super()._tensor(tree)
        self.found[tree["t"]] = leaf
        return leaf.clone() if leaf.requires_grad and not tree.get("leaf") else leaf

    def leaves(self) -> list[Tensor]:
        return [self.found.get(k, tensor) for k, tensor in enumerate(self.tensors)]


def _without_layout(tree: Any) -> Any:
    """The tree without strides and gradient flags: the tensors have theirs already."""
    if isinstance(tree, dict):
        if "t" in tree:
            return {"t": tree["t"]}
        return {key: _without_layout(item) for key, item in tree.items()}
    return [_without_layout(item) for item in tree] if isinstance(tree, list) else tree


def _described(error: BaseException) -> dict[str, Any]:
    """An exception as plain data; its text is cut, and taken with care: it is the other side's object."""
    try:
        text = str(error)[:2000]
    except BaseException:
        text = ""
    return {"kind": type(error).__name__, "text": text}
