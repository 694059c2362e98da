"""What crosses between tests and answers, and what does not: through a real sandbox, and message by message."""

from __future__ import annotations

import gc
import socket
import struct
import threading
import time
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from safetensors.torch import save
from torch import Tensor

from helpers import stubs
from helpers.compare import WRITTEN_TO
from staff.judge.inside import syscalls, wire
from staff.judge.inside.peer import Peer, RemoteError
from staff.judge.inside.wire import HEADER, MAX_BYTES, MAX_TEXT, BrokenWire, CannotCross, Packer, TooMuch, Unpacker, WireTimeout
from staff.judge.remote import AnswerError, Remote, unchanged
from staff.judge.trial import ended, untouched_torch
from staff.outcomes import Outcome
from tests.staff.border import Answers

DOUBLE = torch.float64


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Answers]:
    answers = Answers()
    yield answers
    answers.close()


@pytest.fixture(scope="module")
def mirror(sandbox: Answers) -> Answers:
    """Answers that need no state; tests that load others come last."""
    return sandbox.load(FUNCTIONS)


FUNCTIONS = """
from collections import namedtuple
import enum
class Colour(enum.StrEnum):
    RED = "red"
def same(value): return value
def cube(x, w): return (w * x**3).sum(0), x.detach() * 2
def unused(x, y): return 2 * x, 0 * y
def error(net, x): return net(x).square().sum(1)
def about(x): return [x.is_leaf, x.requires_grad, list(x.stride()), str(x.dtype), torch.is_grad_enabled(), torch.get_default_dtype() == torch.float32]
def spoil(x): x += 1; return x
def is_view(x): return x._is_view()
def slogdet(x): return torch.linalg.slogdet(x)
def odd(): return [Colour.RED, torch.tensor(3).numpy()[()], torch.Size([2, 3])]
def bare(): return object()
def deep():
    value = 1
    for _ in range(50): value = [value]
    return value
KINDS = {"value": ValueError("no"), "assertion": AssertionError("mine"), "exit": SystemExit(3)}
def fails(kind): raise KINDS[kind] if kind != "unicode" else UnicodeDecodeError("utf-8", b"x", 0, 1, "y")
def critic(net, x):
    x = x.detach().requires_grad_()
    (grad,) = torch.autograd.grad(net(x).sum(), [x], create_graph=True)
    return grad.square().sum(1)
class Scale(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.factor = nn.Parameter(torch.ones(width, dtype=torch.float64))
    def forward(self, x): return x * self.factor
    def secret(self): return 42
def apply(net, x): return net(x)
"""  # fmt: skip


def test_values_come_back_as_they_were(mirror: Answers) -> None:
    values: list[Any] = [None, True, 3, -2.5, float("inf"), "π\n", [1, [2]], (1, "a"), {"a": 1, 2: None, (1, 2): [True]}, 2**100, {}]
    for value in values:
        back = mirror["same"](value)
        assert back == value and type(back) is type(value)
    assert mirror["same"](float("nan")) != mirror["same"](0.0)
    assert mirror["odd"]() == ["red", 3, (2, 3)]
    assert type(mirror["odd"]()[0]) is str


@pytest.mark.parametrize("dtype", [torch.float32, DOUBLE, torch.float16, torch.bfloat16, torch.int64, torch.uint8, torch.bool])
def test_tensors_come_back_as_they_were(mirror: Answers, dtype: torch.dtype) -> None:
    x = torch.arange(12).reshape(3, 4).to(dtype)
    for tensor in (x, x.T, x[:, 1], x[0, 0], x[:0], x[:, ::2]):
        back = mirror["same"](tensor)
        assert torch.equal(back, tensor) and back.dtype == dtype and back.shape == tensor.shape
        assert back.stride() == tensor.stride() or tensor.numel() <= 1


def test_what_an_answer_sees_is_what_the_test_gave(mirror: Answers) -> None:
    leaf = torch.ones(2, 3, requires_grad=True)
    assert mirror["about"](leaf)[:3] == [True, True, [3, 1]]
    assert mirror["about"](leaf * 2)[:2] == [False, True]
    assert mirror["about"](leaf.detach().T)[:3] == [True, False, [1, 3]]
    assert mirror["about"](leaf.double())[3] == "torch.float64"
    assert mirror["about"](leaf)[4:] == [True, True]
    with torch.no_grad():
        assert mirror["about"](leaf)[4] is False
        assert not mirror["same"](leaf * 2).requires_grad


def test_gradcheck_and_gradgradcheck_pass_through_the_border(mirror: Answers) -> None:
    x = torch.linspace(0.5, 2, 6, dtype=DOUBLE).reshape(3, 2).requires_grad_()
    w = torch.tensor([0.5, -1.5], dtype=DOUBLE, requires_grad=True)
    assert torch.autograd.gradcheck(lambda *a: mirror["cube"](*a)[0], (x, w))
    assert torch.autograd.gradgradcheck(lambda *a: mirror["cube"](*a)[0], (x, w))
    out, detached = mirror["cube"](x, w)
    assert out.requires_grad and not detached.requires_grad
    out.sum().backward()
    assert torch.allclose(x.grad, 3 * w * x.detach() ** 2)


def test_no_gradient_and_a_gradient_of_zero_differ(mirror: Answers) -> None:
    x, y = torch.ones(2, requires_grad=True), torch.ones(2, requires_grad=True)
    twice, zero = mirror["unused"](x, y)
    assert torch.autograd.grad(twice.sum(), [x, y], allow_unused=True)[1] is None
    twice, zero = mirror["unused"](x, y)
    grads = torch.autograd.grad(zero.sum(), [x, y], allow_unused=True)
    assert grads[0] is None and torch.equal(grads[1], torch.zeros(2))


def test_gradients_reach_a_stubs_parameters_even_through_gradients(mirror: Answers) -> None:
    net = stubs.Affine(torch.tensor([[1.0, -2.0], [0.5, 3.0]], dtype=DOUBLE), torch.tensor([0.25, -1.5], dtype=DOUBLE))
    x = torch.tensor([[1.0, 2.0], [-0.5, 4.0]], dtype=DOUBLE, requires_grad=True)
    got = torch.autograd.grad(mirror["error"](net, x).sum(), [x, *net.parameters()])
    want = torch.autograd.grad(net(x).square().sum(), [x, *net.parameters()])
    assert all(torch.allclose(a, b) for a, b in zip(got, want, strict=True))
    penalty = mirror["critic"](net, x)
    grads = torch.autograd.grad(penalty.sum(), [x, *net.parameters()], allow_unused=True)
    assert grads[0] is None and grads[2] is None
    rows = net.weight.detach().sum(0)
    assert torch.allclose(grads[1], 2 * 2 * rows.expand(2, 2))


def test_a_recording_stub_is_called_and_logged_here(mirror: Answers) -> None:
    net = stubs.recording(stubs.Chain(stubs.Log(), stubs.Affine(torch.eye(2), torch.ones(2))))
    x = torch.tensor([[1.0, 2.0]], requires_grad=True)
    out = mirror["error"](net, x)
    assert torch.allclose(out, (x.log() + 1).square().sum(1))
    assert len(net.calls) == 1 and torch.equal(net.calls[0][0], x.detach())
    grads = torch.autograd.grad(out.sum(), [x, *net.parameters()])
    assert torch.allclose(grads[0], 2 * (x.log() + 1) / x)
    assert len(net.calls) == 1, "asking for gradients is no call"


def test_objects_of_the_answers_are_handles(mirror: Answers) -> None:
    scale = mirror["Scale"](2)
    x = torch.tensor([[1.0, 2.0]], dtype=DOUBLE)
    assert isinstance(scale, Remote) and torch.equal(scale(x), x)
    scale.load_state_dict({"factor": torch.tensor([3.0, 4.0], dtype=DOUBLE)})
    assert torch.equal(scale.state_dict()["factor"], torch.tensor([3.0, 4.0], dtype=DOUBLE))
    assert torch.equal(mirror["apply"](scale, x), torch.tensor([[3.0, 8.0]], dtype=DOUBLE))
    with pytest.raises(AttributeError, match="an object of its own"):
        scale.secret()
    with pytest.raises(AttributeError):
        scale.factor.grad_fn.next()
    for asked in (bool, lambda value: value == 1, lambda value: value != 1, lambda value: value in [1, 2], lambda value: value < 1):
        with pytest.raises(TypeError):
            asked(scale)


def test_what_cannot_cross_is_refused(mirror: Answers) -> None:
    with pytest.raises(CannotCross, match="type function"):
        mirror["same"](lambda x: x)
    with pytest.raises(CannotCross, match="type object"):
        mirror["bare"]()
    with pytest.raises(CannotCross, match="nested"):
        mirror["deep"]()
    assert mirror["same"](1) == 1, "the line is whole after each of them"


def test_exceptions_keep_their_class_and_are_marked_as_the_answers(mirror: Answers) -> None:
    for kind, expected in (
        ("value", ValueError),
        ("assertion", AssertionError),
        ("exit", AnswerError),
        ("unicode", AnswerError),
        ("other", KeyError),
    ):
        with pytest.raises(expected) as raised:
            mirror["fails"](kind)
        assert ended(raised.value).outcome is Outcome.ERROR and ended(raised.value).own
    assert ended(AssertionError("a test's own")).outcome is Outcome.FAILED


def test_writing_to_an_argument_is_seen_across_the_border(mirror: Answers) -> None:
    assert torch.equal(unchanged(mirror["same"], torch.ones(2)), torch.ones(2))
    with pytest.raises(AssertionError, match="written to") as raised:
        unchanged(mirror["spoil"], torch.ones(2))
    assert str(raised.value) == WRITTEN_TO and ended(raised.value).outcome is Outcome.FAILED
    with untouched_torch(), pytest.raises(AssertionError, match="written to"):
        stubs.unchanged(mirror["spoil"], torch.ones(2))


def test_graphs_are_let_go_on_both_sides(mirror: Answers) -> None:
    assert mirror.peer is not None
    out = mirror["cube"](torch.ones(2, 2, requires_grad=True), torch.ones(2))
    gc.collect()
    mirror.peer.dropped.clear()
    del out
    assert len(mirror.peer.dropped) == 1, "no circle of references keeps it"


def test_graphs_and_calls_kept_for_an_answer_are_bounded() -> None:
    peer = Peer(socket.socketpair()[0], max_kept=1000)
    peer.keep(900)
    with pytest.raises(TooMuch):
        peer.keep(200)
    peer.forget()
    peer.keep(900)


# message by message -----------------------------------------------------------------------------------------------


def pair() -> tuple[socket.socket, socket.socket]:
    return socket.socketpair()


def test_nobody_reads() -> None:
    ours, _theirs = pair()
    began = time.monotonic()
    with pytest.raises(WireTimeout):
        wire.send(ours, {}, [torch.zeros(2**21)], began + 0.2)
    assert time.monotonic() - began < 2


def test_a_reply_that_comes_byte_by_byte_has_a_deadline() -> None:
    ours, theirs = pair()
    stop = threading.Event()

    def drip() -> None:
        theirs.send(HEADER.pack(1000, 0))
        while not stop.wait(0.02):
            theirs.send(b"{")

    thread = threading.Thread(target=drip)
    thread.start()
    began = time.monotonic()
    with pytest.raises(WireTimeout):
        wire.receive(ours, began + 0.3)
    stop.set()
    thread.join()
    assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (HEADER.pack(MAX_TEXT + 1, 0), TooMuch),
        (HEADER.pack(2, MAX_BYTES + MAX_TEXT + 1) + b"{}", TooMuch),
        (HEADER.pack(2, 9) + b"{}" + struct.pack("<Q", MAX_TEXT + 1) + b"x", TooMuch),
        (HEADER.pack(2, 0) + b"[]", BrokenWire),
        (HEADER.pack(3, 0) + b"{x}", BrokenWire),
        (HEADER.pack(4, 0) + b"\xff\xfe{}", BrokenWire),
        (HEADER.pack(60_000, 0) + b"[" * 60_000, BrokenWire),
        (HEADER.pack(2, 5) + b"{}abcde", BrokenWire),
        (HEADER.pack(2, 0) + b"{", BrokenWire),
    ],
)
def test_what_is_no_message(data: bytes, error: type[Exception]) -> None:
    ours, theirs = pair()
    theirs.sendall(data)
    theirs.close()
    with pytest.raises(error):
        wire.receive(ours, time.monotonic() + 5)


def test_an_argument_is_no_view(mirror: Answers) -> None:
    assert mirror["is_view"](torch.randn(2, 3)) is False


def test_tensors_of_a_message_are_made_plain() -> None:
    ours, theirs = pair()
    blob = save({"0": torch.full((3,), 2, dtype=torch.uint8).view(torch.bool)})
    theirs.sendall(HEADER.pack(2, len(blob)) + b"{}" + blob)
    (flag,) = wire.receive(ours, time.monotonic() + 5)[1]
    assert flag.view(torch.uint8).tolist() == [1, 1, 1]
    blob = save({"0": torch.empty(10**9, 0)})
    theirs.sendall(HEADER.pack(2, len(blob)) + b"{}" + blob)
    with pytest.raises(BrokenWire):
        wire.receive(ours, time.monotonic() + 5)


def test_an_expanded_tensor_is_measured_before_it_is_laid_out() -> None:
    with pytest.raises(CannotCross, match="MiB"):
        wire.send(pair()[0], {}, [torch.ones(1).expand(10**11)])


@pytest.mark.parametrize("stride", [[2**31 - 1, 1], [-1, 1], [1], "x", [True, 1], [0, 0], [1, 1]])
def test_strides_that_make_no_sense_are_left_out(stride: Any) -> None:
    tensor = torch.arange(6.0).reshape(3, 2)
    assert torch.equal(wire.with_stride(tensor, stride), tensor)
    assert wire.with_stride(tensor, [1, 3]).stride() == (1, 3)


@pytest.mark.parametrize(
    "tree", [{"d": [[{"l": []}, 1]]}, {"d": [[{"u": [{"l": []}]}, 1]]}, {"d": 3}, {"l": 7}, {"t": 5}, {"t": True}, {"q": 1}, [1]]
)
def test_trees_that_are_no_value(tree: Any) -> None:
    with pytest.raises((BrokenWire, TypeError)):
        Unpacker([]).unpack(tree)
    ours, theirs = pair()
    peer = Peer(ours, deadline=time.monotonic() + 5)
    wire.send(theirs, {"op": "reply", "number": 1, "value": tree}, [])
    with pytest.raises(BrokenWire):
        peer.call("f", "", (), {})


def test_old_replies_are_passed_over_and_early_ones_break_the_line() -> None:
    ours, theirs = pair()
    peer = Peer(ours, deadline=time.monotonic() + 5, counter=7)
    for number, value in ((3, "old"), (8, "right")):
        wire.send(theirs, {"op": "reply", "number": number, "value": value}, [])
    assert peer.call("f", "", (), {}) == "right"
    wire.send(theirs, {"op": "reply", "number": 99, "value": "early"}, [])
    with pytest.raises(BrokenWire):
        peer.call("f", "", (), {})


def test_the_judge_answers_only_for_what_it_exports() -> None:
    ours, theirs = pair()
    peer = Peer(ours, deadline=time.monotonic() + 5)
    for target, method in (("#1", ""), ("os", "system"), ("__class__", "")):
        wire.send(theirs, {"op": "call", "number": 1, "target": target, "method": method, "args": {"l": []}, "kwargs": {"d": []}}, [])
    wire.send(theirs, {"op": "vjp", "number": 1, "target": [4], "dropped": [[1]]}, [])
    wire.send(theirs, {"op": "reply", "number": 1, "error": {"kind": "Enough", "text": "x"}}, [])
    with pytest.raises(RemoteError, match="Enough"):
        peer.call("f", "", (), {})
    assert ["error" in wire.receive(theirs)[0] for _ in range(5)] == [False, True, True, True, True]


def test_a_packer_takes_the_plain_value_of_subclasses() -> None:
    class Sly(float):
        def __float__(self) -> float:
            return 1.0

    assert Packer().pack(Sly(9.0)) == 9.0
    tensor = torch.ones(2).as_subclass(type("Mine", (Tensor,), {}))
    assert Packer().pack(tensor)["t"] == 0


def test_the_filter_of_kernel_calls_refuses_what_is_on_its_list() -> None:
    for machine, architecture in syscalls.ARCHITECTURES.items():
        column = list(syscalls.ARCHITECTURES).index(machine)
        refused = {row[column] for row in syscalls.REFUSED.values()}
        for number in range(600):
            expected = number not in refused if number != syscalls.SOCKET[machine] else None
            for family in (1, 2, 10, 16, 40):
                allowed = run_filter(syscalls.program(machine), number, architecture, family)
                assert allowed is (family in syscalls.SOCKET_FAMILIES if expected is None else expected), (machine, number, family)
        assert not run_filter(syscalls.program(machine), 0x40000001, architecture, 1)
        assert not run_filter(syscalls.program(machine), 1, 0, 1)


def run_filter(program: list[tuple[int, int, int, int]], number: int, architecture: int, argument: int) -> bool:
    """Runs a seccomp filter as the kernel does."""
    data = {syscalls.NUMBER: number, syscalls.ARCHITECTURE: architecture, syscalls.FIRST_ARGUMENT: argument}
    place = word = 0
    while True:
        code, if_true, if_false, value = program[place]
        if code == syscalls.RETURN:
            return value == syscalls.ALLOW
        if code == syscalls.LOAD:
            word = data[value]
        else:
            place += if_true if (word == value if code == syscalls.EQUAL else word >= value) else if_false
        place += 1
