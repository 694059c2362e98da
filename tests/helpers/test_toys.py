"""Toy densities are exactly normalised, differentiable, and know their entropy."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator

import pytest
import torch
from scipy.integrate import quad
from torch import Tensor

from helpers.datasets import Checkerboard, Density, GaussianMixture, Moons, Rings

TOYS: dict[str, Density] = {
    "moons": Moons(),
    "moons raw, noisy": Moons(0.3, standardised=False),
    "moons, sharp": Moons(0.02),
    "rings": Rings(),
    "one ring": Rings((2.0,), 0.2),
    "checkerboard": Checkerboard(),
    "ring of Gaussians": GaussianMixture.ring(),
    "unequal mixture": GaussianMixture([[0.0, 0.0], [1.0, -2.0]], [0.5, 0.2], [3.0, 1.0]),
    "1-D mixture": GaussianMixture([[-1.0], [2.0]], [0.3, 0.8], [0.3, 0.7]),
}
SMOOTH = [name for name in TOYS if name != "checkerboard"]


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(before)


def generator(seed: int = 0) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


# half the width of a box that holds all but 1e-7 of the mass, and points along it: two to the smallest standard deviation or more
GRIDS = {"moons": (2.8, 240), "moons raw, noisy": (4.5, 120), "1-D mixture": (10.0, 400)}


def grid(toy: Density, reach: float = 5.0, points: int = 400) -> tuple[Tensor, float]:
    """Cell centres of a grid over [-reach, reach]^dim, and the cells' volume."""
    axis = (torch.arange(points, dtype=torch.float64) + 0.5) * (2 * reach / points) - reach
    return torch.cartesian_prod(*[axis] * toy.dim).reshape(-1, toy.dim), (2 * reach / points) ** toy.dim


@pytest.mark.parametrize("name", [name for name in TOYS if name != "moons, sharp"])
def test_density_integrates_to_one(name: str) -> None:
    points, cell = grid(TOYS[name], *GRIDS.get(name, ()))
    total = float(TOYS[name].log_prob(points).exp().sum()) * cell
    assert abs(total - 1) < 1e-6, f"the density integrates to {total}"


@pytest.mark.parametrize("name", TOYS)
def test_entropy_is_the_mean_of_minus_log_prob(name: str) -> None:
    toy = TOYS[name]
    values = -toy.log_prob(toy.sample(20_000, generator(1)).double())
    error = 6 * float(values.std()) / math.sqrt(len(values))  # 6 sigma: a false alarm in 2e-9 of all seeds
    assert abs(float(values.mean()) - toy.entropy()) <= error + 1e-6, f"{values.mean():.4f} ± {error:.4f}, entropy {toy.entropy():.4f}"


def test_entropy_of_moons_against_its_small_noise_limit() -> None:
    # far from the ends: uniform along 2 pi times a Gaussian across; an end adds (s / 2 pi) * integral of -Phi log Phi
    per_end, _ = quad(lambda u: -phi(u) * math.log(phi(u)), -12, 12)
    for noise in (0.03, 0.05):
        limit = math.log(2 * math.pi) + 0.5 * math.log(2 * math.pi * math.e * noise**2) + 4 * noise / (2 * math.pi) * per_end
        assert abs(Moons(noise, standardised=False).entropy() - limit) < noise**2, "curvature changes the entropy in second order only"


def phi(u: float) -> float:
    return 0.5 * math.erfc(-u / math.sqrt(2)) or 1e-300


def test_entropy_numbers() -> None:
    # 0.01 is the Monte-Carlo error of the published estimates 1.118, 1.322 and 1.005; 2 of them are allowed
    assert abs(Moons(0.05).entropy() - 1.118) < 0.02 and abs(Moons(0.06).entropy() - 1.322) < 0.02
    assert abs(Moons(0.1, standardised=False).entropy() - 1.005) < 0.02
    assert Moons(0.05).entropy() == pytest.approx(1.131222, abs=2e-6), "value of a quadrature with 3 times as many points"
    assert Checkerboard().entropy() == math.log(32)
    apart = GaussianMixture.ring(8, radius=2.0, std=0.05)
    assert apart.entropy() == pytest.approx(math.log(8) + math.log(2 * math.pi * math.e * 0.05**2), abs=1e-9)
    assert GaussianMixture([[5.0], [5.0]], [2.0, 2.0]).entropy() == pytest.approx(0.5 * math.log(2 * math.pi * math.e * 4), abs=1e-9)
    assert GaussianMixture([[0.0] * 7], [2.0]).entropy() == pytest.approx(3.5 * math.log(2 * math.pi * math.e * 4))


def test_moons_log_prob_against_adaptive_quadrature() -> None:
    moons, s = Moons(0.1, standardised=False), 0.1
    points = torch.tensor([[0.0, 1.0], [0.5, 0.25], [0.0, -0.9], [-1.3, -0.2], [2.0, 0.5], [1e-9, 0.0]], dtype=torch.float64)
    for (x, y), found in zip(points.tolist(), moons.log_prob(points).exp().tolist(), strict=True):
        upper, _ = quad(lambda t, x=x, y=y: math.exp(-((x - math.cos(t)) ** 2 + (y - math.sin(t)) ** 2) / (2 * s * s)), 0, math.pi, epsabs=1e-15)
        x, y = x - 1, y - 0.5
        lower, _ = quad(lambda t, x=x, y=y: math.exp(-((x + math.cos(t)) ** 2 + (y + math.sin(t)) ** 2) / (2 * s * s)), 0, math.pi, epsabs=1e-15)
        assert found == pytest.approx((upper + lower) / (4 * math.pi**2 * s * s), rel=1e-6, abs=1e-12)


def test_moons_are_standardised_exactly() -> None:
    points, cell = grid(Moons(0.2), 5.0, 150)
    p = Moons(0.2).log_prob(points).exp()[:, None] * cell
    mean, second = (p * points).sum(0), (p * points.square()).sum(0)
    assert mean.tolist() == pytest.approx([0, 0], abs=1e-7) and second.tolist() == pytest.approx([1, 1], abs=1e-6)


@pytest.mark.parametrize("name", SMOOTH)
def test_log_prob_gradient(name: str) -> None:
    toy = TOYS[name]
    x = toy.sample(4, generator(2)).double().requires_grad_()
    assert torch.autograd.gradcheck(toy.log_prob, (x,)), "gradient of log_prob against finite differences"
    for far in (torch.zeros(1, toy.dim), torch.full((1, toy.dim), 30.0), torch.full((1, toy.dim), -1e3)):
        far.requires_grad_()
        (gradient,) = torch.autograd.grad(toy.log_prob(far).sum(), far)
        assert bool(gradient.isfinite().all()), f"gradient at {far.tolist()} is {gradient.tolist()}"


def test_checkerboard_edges_and_gradient() -> None:
    x = torch.tensor([[-3.0, -3.0], [-1.0, -3.0], [-4.0, -4.0], [4.0, 3.0], [math.inf, 0.0]], requires_grad=True)
    values = Checkerboard().log_prob(x)
    assert values[[0, 2]].tolist() == pytest.approx([-math.log(32)] * 2) and values[[1, 3, 4]].tolist() == [-math.inf] * 3
    assert torch.autograd.grad(values[0], x)[0].tolist() == [[0.0, 0.0]] * 5


@pytest.mark.parametrize("name", TOYS)
def test_types_shapes_and_generators(name: str) -> None:
    toy = TOYS[name]
    x = toy.sample(64, generator(3))
    assert x.shape == (64, toy.dim) and x.dtype == torch.float32
    assert torch.equal(x, toy.sample(64, generator(3))) and not torch.equal(x, toy.sample(64, generator(4)))
    single, double = toy.log_prob(x), toy.log_prob(x.double())
    assert single.dtype == torch.float32 and double.dtype == torch.float64 and single.shape == (64,)
    assert torch.allclose(single.double(), double, atol=2e-3)
    assert torch.equal(toy.log_prob(x[:0]), x[:0, 0]), "no points give no values"
    with pytest.raises(ValueError, match=rf"expected floats of shape \(n, {toy.dim}\)"):
        toy.log_prob(torch.zeros(3, toy.dim + 1))


def test_mixture_weights_and_moments() -> None:
    mixture = GaussianMixture([[-5.0], [5.0]], [0.1, 0.1], [1.0, 3.0])
    share = float((mixture.sample(40_000, generator(5)) > 0).double().mean())
    assert abs(share - 0.75) < 6 * math.sqrt(0.75 * 0.25 / 40_000), f"component of weight 3/4 got {share:.4f}"


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Moons(0.0), "noise = 0.0, expected a number from 0.02 to 1"),
        (lambda: Rings((1.0, -1.0)), "radii = .*expected one or more positive"),
        (lambda: GaussianMixture([1.0, 2.0], [1.0, 1.0]), "a 1-D mixture has D = 1"),
        (lambda: GaussianMixture([[1.0], [2.0]], [1.0]), "stds = .*expected 2 positive numbers"),
        (lambda: GaussianMixture([[1.0], [2.0]], [1.0, 1.0], [1.0, 0.0]), "weights = .*expected 2 positive numbers"),
        (lambda: GaussianMixture([[0.0] * 3, [1.0] * 3], [1.0, 1.0]).entropy(), "average -log_prob over samples"),
        (lambda: GaussianMixture([[0.0, 0.0], [1.0, 1.0]], [1e-4, 10.0]).entropy(), "scales lie too far apart"),
        (lambda: GaussianMixture([[0.0]], [1.0]).log_prob(torch.zeros(3)), r"write x\[:, None\]"),
    ],
)
def test_wrong_arguments_are_named(make: Callable[[], object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
