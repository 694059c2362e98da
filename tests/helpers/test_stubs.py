"""Stubs: their closed forms, rebuilding them elsewhere, and the guards that tests rely on."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn

from helpers import stubs

F64 = torch.float64
WEIGHT = torch.tensor([[0.5, -1.0], [2.0, 0.4]], dtype=F64)
VECTOR, OTHER = torch.tensor([0.3, -0.7], dtype=F64), torch.tensor([1.5, 2.0], dtype=F64)
EXAMPLES: dict[str, tuple[stubs.Stub, tuple[Tensor, ...]]] = {
    "Constant": (stubs.Constant(VECTOR), (torch.zeros(3, 4, dtype=F64),)),
    "Affine": (stubs.Affine(WEIGHT, VECTOR), (torch.rand(3, 2, dtype=F64),)),
    "TimeAffine": (stubs.TimeAffine(WEIGHT, OTHER, VECTOR), (torch.rand(3, 2, dtype=F64), torch.rand(3, dtype=F64))),
    "Log": (stubs.Log(), (torch.rand(3, 2, dtype=F64),)),
    "Exp": (stubs.Exp(), (torch.rand(3, 2, dtype=F64),)),
    "Tanh": (stubs.Tanh(), (torch.rand(3, 2, dtype=F64),)),
    "ChannelMix": (stubs.ChannelMix(WEIGHT), (torch.rand(3, 2, 4, 5, dtype=F64),)),
    "TimeChannelMix": (stubs.TimeChannelMix(WEIGHT, OTHER, VECTOR), (torch.rand(3, 2, 4, 5, dtype=F64), torch.rand(3, dtype=F64))),
    "TimeWave": (stubs.TimeWave(WEIGHT, OTHER, VECTOR, WEIGHT.T), (torch.rand(3, 2, dtype=F64), torch.rand(3, dtype=F64))),
    "GaussianLogProb": (stubs.GaussianLogProb(VECTOR, OTHER), (torch.rand(3, 2, dtype=F64),)),
    "Chain": (stubs.Chain(stubs.Log(), stubs.Affine(WEIGHT, VECTOR)), (torch.rand(3, 2, dtype=F64),)),
    "Recording": (stubs.recording(stubs.Affine(WEIGHT, VECTOR)), (torch.rand(3, 2, dtype=F64),)),
}
every_stub = pytest.mark.parametrize("name", EXAMPLES)


@every_stub
def test_a_stub_rebuilt_from_its_spec_is_equal(name: str) -> None:
    stub, args = EXAMPLES[name]
    again = stubs.from_spec(stub.spec())
    assert type(again) is type(stub)
    assert torch.equal(again(*args), stub(*args))
    assert [p.dtype for p in again.parameters()] == [p.dtype for p in stub.parameters()]
    assert all(a is not b for a, b in zip(again.parameters(), stub.parameters(), strict=True))


@every_stub
def test_a_stub_is_a_module_whose_parameters_get_gradients(name: str) -> None:
    stub, args = EXAMPLES[name]
    assert isinstance(stub, nn.Module)
    parameters = list(stub.parameters())
    if parameters:
        grads = torch.autograd.grad(stub(*args).sum(), parameters)
        assert all(g.shape == p.shape and bool(g.any()) for g, p in zip(grads, parameters, strict=True))


def test_there_is_an_example_of_every_stub() -> None:
    kinds = {name for name, value in vars(stubs).items() if isinstance(value, type) and issubclass(value, stubs.Stub)}
    assert kinds - {"Stub"} == set(EXAMPLES)


def test_the_spec_follows_the_parameters() -> None:
    stub = stubs.Affine(WEIGHT, VECTOR)
    with torch.no_grad():
        stub.bias += 1
    assert torch.equal(stubs.from_spec(stub.spec()).bias, VECTOR + 1)
    assert torch.equal(VECTOR, torch.tensor([0.3, -0.7], dtype=F64)), "a stub has its own copy"


def test_an_unknown_spec_is_refused_by_name() -> None:
    with pytest.raises(ValueError, match=r"no stub 'Linear'.*Affine"):
        stubs.from_spec(("Linear", {}))


def test_tanh_makes_a_strictly_triangular_network_that_is_bounded() -> None:
    weight = torch.ones(3, 3, dtype=F64).tril(-1).repeat(2, 1)
    net = stubs.Chain(stubs.Tanh(), stubs.Affine(weight, torch.zeros(6, dtype=F64)))
    x = torch.tensor([[0.3, -1e300, math.inf]], dtype=F64)
    first = math.tanh(0.3)
    assert torch.allclose(net(x), torch.tensor([[0.0, first, first - 1] * 2], dtype=F64), atol=1e-12)


def test_affine_closed_forms_on_vectors_and_images() -> None:
    x = torch.rand(3, 2, dtype=F64)
    affine = stubs.Affine(WEIGHT, VECTOR)
    assert torch.allclose(affine(x)[1], WEIGHT @ x[1] + VECTOR, atol=1e-12)
    assert torch.equal(affine(x.reshape(3, 2, 1, 1)).flatten(1), affine(x))
    wide = stubs.Affine(torch.ones(3, 2, dtype=F64), torch.zeros(3, dtype=F64))
    assert wide(x).shape == (3, 3)
    with pytest.raises(ValueError, match="items of 2 elements"):
        affine(torch.rand(3, 5, dtype=F64))


def test_the_time_of_every_item_shows_in_the_value() -> None:
    x, t = torch.zeros(2, 2, dtype=F64), torch.tensor([0.25, 1.0], dtype=F64)
    assert torch.allclose(stubs.TimeAffine(WEIGHT, OTHER, VECTOR)(x, t), t[:, None] * OTHER + VECTOR)
    images = torch.rand(2, 2, 3, 4, dtype=F64)
    mixed = stubs.TimeChannelMix(WEIGHT, OTHER, VECTOR)(images, t)
    assert torch.allclose(mixed[1, :, 2, 3], WEIGHT @ images[1, :, 2, 3] + OTHER + VECTOR)
    wave = stubs.TimeWave(WEIGHT, OTHER, VECTOR, WEIGHT.T)
    assert torch.allclose(wave(x, t), torch.sin(t[:, None] * OTHER + VECTOR) @ WEIGHT)
    tall = images[:, :1, :2, :1]
    assert torch.allclose(wave(tall, t).flatten(1), torch.sin(tall.flatten(1) @ WEIGHT.T + t[:, None] * OTHER + VECTOR) @ WEIGHT)


@pytest.mark.parametrize("t", [torch.tensor(0.5), torch.rand(1), torch.rand(2, 1)], ids=["scalar", "one for all", "column"])
def test_times_of_another_shape_are_refused(t: Tensor) -> None:
    with pytest.raises(ValueError, match="one time per item"):
        stubs.TimeAffine(torch.eye(2), torch.ones(2), torch.ones(2))(torch.zeros(2, 2), t)
    with pytest.raises(ValueError, match="one time per item"):
        stubs.TimeChannelMix(torch.eye(2), torch.ones(2), torch.ones(2))(torch.zeros(2, 2, 1, 1), t)


def test_a_network_for_images_refuses_vectors() -> None:
    with pytest.raises(ValueError, match="takes images"):
        stubs.ChannelMix(WEIGHT)(torch.zeros(3, 8, dtype=F64))


def test_log_determinants_are_as_documented() -> None:
    images = 0.5 + torch.rand(2, 2, 3, 1, dtype=F64)
    stub = stubs.Chain(stubs.Log(), stubs.ChannelMix(WEIGHT))
    jacobian = torch.func.vmap(torch.func.jacrev(lambda item: stub(item[None]).flatten()))(images).flatten(2)
    expected = 3 * torch.linalg.slogdet(WEIGHT)[1] - images.log().sum((1, 2, 3))
    assert torch.allclose(torch.linalg.slogdet(jacobian)[1], expected, atol=1e-10)


@pytest.mark.parametrize("shape", [(2,), (2, 3, 1)], ids=["vectors", "images"])
def test_the_gaussian_agrees_with_torch_distributions(shape: tuple[int, ...]) -> None:
    mean, std, z = torch.randn(shape, dtype=F64), 0.5 + torch.rand(shape, dtype=F64), torch.randn(4, *shape, dtype=F64)
    expected = torch.distributions.Normal(mean, std).log_prob(z).flatten(1).sum(1)
    base = stubs.GaussianLogProb(mean, std)
    assert torch.allclose(base(z), expected, atol=1e-12)
    assert base(z[0]).shape == ()
    with pytest.raises(ValueError, match="items have shape"):
        base(torch.zeros(4, 5, dtype=F64))


def test_stubs_work_for_one_item_under_vmap() -> None:
    x = 0.5 + torch.rand(4, 2, dtype=F64)
    stub = stubs.Chain(stubs.Log(), stubs.Affine(WEIGHT, VECTOR))
    assert torch.allclose(torch.func.vmap(stub)(x), stub(x))


def test_numbers_become_parameters_of_the_default_type() -> None:
    constant = stubs.Constant(2)
    assert constant.value.dtype == torch.get_default_dtype()
    assert constant(torch.zeros(3, 2)).shape == (3,)


def test_recording_keeps_copies_of_the_arguments() -> None:
    net, x = stubs.recording(stubs.TimeAffine(torch.eye(2), torch.ones(2), torch.ones(2))), torch.zeros(3, 2)
    net(x, torch.ones(3))
    x += 1
    net(x, torch.zeros(3))
    assert len(net.calls) == 2
    assert torch.equal(net.calls[0][0], torch.zeros(3, 2)) and net.calls[1][1].shape == (3,)


def _writes_value(x: Tensor, many: list[Tensor], net: stubs.Stub) -> None:
    x[0] = 7


def _writes_in_list(x: Tensor, many: list[Tensor], net: stubs.Stub) -> None:
    many[1].mul_(2)


def _writes_parameter(x: Tensor, many: list[Tensor], net: stubs.Stub) -> None:
    with torch.no_grad():
        next(net.parameters()).add_(1)


def _reshapes(x: Tensor, many: list[Tensor], net: stubs.Stub) -> None:
    x.resize_(1)


@pytest.mark.parametrize("f", [_writes_value, _writes_in_list, _writes_parameter, _reshapes])
def test_unchanged_notices_what_is_written(f: Callable[..., None]) -> None:
    with pytest.raises(AssertionError, match="an argument was written to"):
        stubs.unchanged(f, torch.arange(3.0), [torch.ones(2), torch.ones(2)], stubs.Affine(torch.eye(2), torch.ones(2)))


@pytest.mark.parametrize(
    "f",
    [
        lambda sizes, cache: sizes.pop(),
        lambda sizes, cache: sizes.reverse(),
        lambda sizes, cache: sizes.__setitem__(1, 4.0),
        lambda sizes, cache: cache["keys"].append(torch.ones(1)),
        lambda sizes, cache: cache["keys"].__setitem__(0, cache["keys"][0] * 1),
        lambda sizes, cache: cache.pop("more"),
        lambda sizes, cache: cache.setdefault("new", 1),
    ],
)
def test_unchanged_notices_entries_that_come_go_or_are_replaced(f: Callable[..., None]) -> None:
    with pytest.raises(AssertionError, match="an argument was written to"):
        stubs.unchanged(f, [3, 4], {"keys": [torch.ones(2)], "more": None})


def test_unchanged_passes_the_result_on() -> None:
    x = torch.tensor([1.0, math.nan])
    result = stubs.unchanged(lambda a, b: (a + b["y"]).nan_to_num(5.0), x, {"y": torch.ones(2)})
    assert torch.equal(result, torch.tensor([2.0, 5.0]))


@pytest.mark.parametrize(
    ("got", "expected", "same"),
    [
        (torch.ones(2, dtype=F64), torch.ones(2), True),
        (torch.ones(2, dtype=F64) + 1e-9, torch.ones(2, dtype=F64), True),
        (torch.ones(2, dtype=F64) + 1e-6, torch.ones(2, dtype=F64), False),
        (torch.ones(1), torch.ones(2), False),
        (torch.ones(2, 1), torch.ones(2), False),
        (torch.tensor([math.nan]), torch.tensor([math.nan]), False),
        (None, torch.ones(2), False),
        (1.0, torch.tensor(1.0), False),
        ((torch.ones(2), torch.zeros(1)), [torch.ones(2), torch.zeros(1)], True),
        ((torch.ones(2), None), (torch.ones(2), torch.zeros(1)), False),
        ((torch.ones(2),), (torch.ones(2), torch.zeros(1)), False),
    ],
)
def test_close_compares_shapes_values_and_lists(got: object, expected: object, same: bool) -> None:
    assert stubs.close(got, expected) is same


def test_close_has_absolute_and_relative_tolerance() -> None:
    far, near = torch.tensor([1e6], dtype=F64), torch.tensor([1e6 + 1e-4], dtype=F64)
    assert not stubs.close(near, far)
    assert stubs.close(near, far, relative=1e-9) and stubs.close(near, far, 1e-3)
