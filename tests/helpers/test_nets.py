"""helpers.nets: shapes, what depends on what, and sizes."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from helpers.nets import MLP, TimeEmbedding, TimeMLP, TransformerBlock, UNet


def size(net: nn.Module) -> int:
    return sum(p.numel() for p in net.parameters())


def randomised(net: nn.Module) -> nn.Module:
    """The network with no parameter left at 0, so that everything that is connected shows."""
    generator = torch.Generator().manual_seed(1)
    for p in net.parameters():
        p.data = p.data + 0.1 * torch.randn(p.shape, generator=generator).to(p)
    return net


def test_mlp_has_the_layers_it_says() -> None:
    assert size(MLP(1, 2, hidden=64, layers=2)) == 4418  # ten of them and 40 scales: the calibrated RealNVP of 44,220
    assert size(MLP(3, 5, layers=0)) == 20
    assert MLP(3, 5)(torch.randn(7, 3)).shape == (7, 5)


def test_zero_last_starts_at_zero_and_still_learns() -> None:
    net = MLP(3, 2, zero_last=True)
    out = net(torch.randn(4, 3))
    assert (out == 0).all()
    (out - 1).square().sum().backward()
    assert (net[-1].weight.grad != 0).any()
    assert (MLP(3, 2)(torch.randn(4, 3)) != 0).any()


def test_time_embedding_tells_times_apart() -> None:
    t = torch.linspace(0, 1, 1001)
    e = TimeEmbedding(32)(t)
    assert e.shape == (1001, 32)
    assert torch.pdist(e[::10]).min() > 0.1
    assert torch.allclose(e[:, :16].square() + e[:, 16:].square(), torch.ones(1001, 16), atol=1e-5)
    with pytest.raises(ValueError, match="dim = 7"):
        TimeEmbedding(7)


@pytest.mark.parametrize(
    ("net", "shape"),
    [
        (TimeMLP(2), (5, 2)),
        (TimeMLP(3, hidden=16, layers=2, frequencies=4), (1, 3)),
        (UNet(1), (2, 1, 28, 28)),
        (UNet(3, base=8), (1, 3, 32, 32)),
        (UNet(1, base=8, multipliers=(1, 2)), (3, 1, 8, 12)),
    ],
)
def test_fields_keep_the_shape_and_depend_on_place_time_and_every_parameter(net: nn.Module, shape: tuple[int, ...]) -> None:
    net = randomised(net)
    x, t = torch.randn(shape, requires_grad=True), torch.rand(shape[0], requires_grad=True)
    out = net(x, t)
    assert out.shape == shape
    out.square().sum().backward()
    assert x.grad is not None and (x.grad != 0).all()
    assert t.grad is not None and (t.grad != 0).all()
    assert not [name for name, p in net.named_parameters() if p.grad is None or not (p.grad != 0).any()]


@pytest.mark.parametrize(("net", "shape"), [(TimeMLP(2), (3, 2)), (UNet(1, base=8), (3, 1, 8, 8))])
def test_fields_treat_items_one_by_one_and_work_in_float64(net: nn.Module, shape: tuple[int, ...]) -> None:
    net = randomised(net).double()
    x, t = torch.randn(shape, dtype=torch.float64), torch.rand(shape[0], dtype=torch.float64)
    together = net(x, t)
    assert together.dtype == torch.float64
    alone = torch.cat([net(x[i : i + 1], t[i : i + 1]) for i in range(shape[0])])
    assert torch.allclose(together, alone, atol=1e-10)


@pytest.mark.parametrize("t", [torch.tensor(0.5), torch.rand(1), torch.rand(3, 1)])
def test_a_time_of_the_wrong_shape_is_refused(t: Tensor) -> None:
    with pytest.raises(ValueError, match=r"one time per item is needed, shape \(3,\)"):
        TimeMLP(2)(torch.randn(3, 2), t)
    with pytest.raises(ValueError, match=r"one time per item"):
        UNet(1, base=8)(torch.randn(3, 1, 8, 8), t)


def test_unet_is_the_calibrated_one_starts_at_zero_and_takes_a_condition() -> None:
    net = UNet(1)
    assert 780_000 < size(net) < 860_000  # 827,652 in the calibration
    x, t = torch.randn(2, 1, 28, 28), torch.rand(2)
    assert net(x, t).abs().max() < 1  # small at the start: only the last bias
    net = randomised(net)
    condition = torch.randn(2, net.time_dim)
    changed = net(x, t, condition) - net(x, t)
    assert (changed != 0).any()
    assert torch.allclose(net(x, t, torch.zeros(2, net.time_dim)), net(x, t))
    with pytest.raises(ValueError, match="27 × 28 pixels"):
        net(torch.randn(2, 1, 27, 28), t)
    with pytest.raises(ValueError, match="base = 20"):
        UNet(1, base=20)


def test_unet_sees_the_whole_image() -> None:
    net = randomised(UNet(1, base=8))
    x = torch.randn(1, 1, 28, 28, requires_grad=True)
    (net(x, torch.tensor([0.3]))[0, 0, 0, 0]).backward()
    assert x.grad is not None and (x.grad != 0).all()


def test_a_causal_block_never_looks_ahead_and_a_plain_one_does() -> None:
    x = torch.randn(2, 6, 8, dtype=torch.float64)
    changed = x.clone()
    changed[:, 3, :4] += 1  # not all channels alike: layer normalisation would take that out
    for causal in (True, False):
        block = TransformerBlock(8, heads=2, causal=causal).double()
        difference = (block(changed) - block(x)).abs().amax(dim=2)  # (B, T)
        assert (difference[:, 3:] > 1e-8).all()
        assert bool((difference[:, :3] > 1e-8).all()) is not causal
        assert bool((difference[:, :3] == 0).all()) is causal


def test_a_block_without_positions_is_blind_to_order() -> None:
    block = TransformerBlock(8, heads=4, causal=False).double()
    x, order = torch.randn(2, 5, 8, dtype=torch.float64), torch.tensor([3, 0, 4, 1, 2])
    assert torch.allclose(block(x[:, order]), block(x)[:, order], atol=1e-12)


def test_attention_is_softmax_of_scaled_products() -> None:
    block = TransformerBlock(6, heads=2).double()
    x = torch.randn(3, 4, 6, dtype=torch.float64)
    q, k, v = (part.view(3, 4, 2, 3) for part in block.qkv(x).chunk(3, dim=2))
    scores = torch.einsum("bihd,bjhd->bhij", q, k) / 3**0.5
    scores = scores.masked_fill(torch.ones(4, 4).triu(1).bool(), -torch.inf)
    want = block.project(torch.einsum("bhij,bjhd->bihd", scores.softmax(-1), v).reshape(3, 4, 6))
    assert torch.allclose(block.attend(x), want, atol=1e-10)
    with pytest.raises(ValueError, match="dim = 8 does not split into 3"):
        TransformerBlock(8, heads=3)
