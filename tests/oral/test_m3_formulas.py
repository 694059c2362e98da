"""The formulas in staff/oral/m3.yml, each computed in a way that does not use it. A question names its tests under `checked_by`."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import pytest
import torch
from scipy import integrate
from torch import Tensor
from torch.autograd.functional import jacobian
from torch.distributions import Normal

from helpers import Moons

GRID = torch.linspace(0, 1, 100_001, dtype=torch.float64)


def doubles(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def mean_over_time(values: Tensor) -> float:
    """The average over t in [0, 1] of values on GRID, by the trapezium rule."""
    return float(torch.trapezoid(values, GRID))


def rk4(velocity: Callable[[Tensor, float], Tensor], x: Tensor, start: float, end: float, steps: int = 400) -> Tensor:
    h = (end - start) / steps
    for i in range(steps):
        t = start + i * h
        k_1 = velocity(x, t)
        k_2 = velocity(x + h / 2 * k_1, t + h / 2)
        k_3 = velocity(x + h / 2 * k_2, t + h / 2)
        x = x + h / 6 * (k_1 + 2 * k_2 + 2 * k_3 + velocity(x + h * k_3, t + h))
    return x


# ---- change of variables


def test_jacobian_of_the_inverse() -> None:
    weight = doubles(3, 3)
    x = doubles(3, seed=1)
    there, back = jacobian(lambda x: weight @ x, x), jacobian(lambda z: torch.linalg.solve(weight, z), weight @ x)
    assert torch.isclose(torch.linalg.slogdet(there)[1], -torch.linalg.slogdet(back)[1])
    half = torch.tensor(0.0).sub(math.log(2))  # x = 2 z: z = x / 2, log |dz/dx| = -log 2
    assert torch.isclose(Normal(0.0, 2.0).log_prob(torch.tensor(0.0)), Normal(0.0, 1.0).log_prob(torch.tensor(0.0)) + half)


def test_determinant_underflows_and_its_logarithm_does_not() -> None:
    tiny = torch.eye(100, dtype=torch.float64) * 1e-4
    assert torch.linalg.det(tiny).log() == -math.inf
    assert torch.linalg.slogdet(tiny)[1].item() == pytest.approx(-921.03, abs=0.01)
    swap = torch.tensor([[0.0, 1.0], [1.0, 0.0]])
    assert torch.linalg.det(swap).log().isnan() and torch.linalg.slogdet(swap)[1] == 0


def test_ring_determinants_and_radii() -> None:
    x = torch.tensor([0.7, -0.4], dtype=torch.float64)
    radius = x.norm()
    assert torch.isclose(torch.linalg.det(jacobian(lambda x: x * x.norm(), x)), 2 * radius**2)
    assert torch.isclose(torch.linalg.det(jacobian(lambda x: x * x.norm() ** 2, x)), 3 * radius**4)
    r = torch.linspace(0.01, 3, 300_000, dtype=torch.float64)
    assert r[(2 * r.log() - r**4 / 2).argmax()].item() == pytest.approx(1, abs=1e-4)
    assert r[(4 * r.log() - r**6 / 2).argmax()].item() == pytest.approx((4 / 3) ** (1 / 6), abs=1e-4)
    assert round((4 / 3) ** (1 / 6), 2) == 1.05


def test_ring_total_without_determinant() -> None:
    total, _ = integrate.quad(lambda r: 2 * math.pi * r * math.exp(-(r**4) / 2) / (2 * math.pi), 0, 10)
    assert total == pytest.approx(0.627, abs=5e-4)


def test_lognormal_mode_and_total() -> None:
    x = torch.linspace(0.01, 3, 300_000, dtype=torch.float64)
    density = torch.distributions.LogNormal(0.0, 1.0).log_prob(x)
    assert x[density.argmax()].item() == pytest.approx(math.exp(-1), abs=1e-4)
    total, _ = integrate.quad(lambda x: math.exp(-0.5 * math.log(x) ** 2) / math.sqrt(2 * math.pi), 0, math.inf)
    assert total == pytest.approx(math.exp(0.5), abs=1e-6) and total == pytest.approx(1.65, abs=0.005)


def test_expected_loss_is_entropy_plus_divergence() -> None:
    x = torch.linspace(-12, 14, 200_001, dtype=torch.float64)
    p, q = Normal(1.0, 0.7), Normal(0.2, 1.1)
    weight = p.log_prob(x).exp()
    loss, divergence = (torch.trapezoid(weight * part, x) for part in (-q.log_prob(x), p.log_prob(x) - q.log_prob(x)))
    assert torch.isclose(loss, p.entropy() + divergence) and divergence > 0
    assert torch.isclose(divergence, torch.distributions.kl_divergence(p, q).double(), atol=1e-6)


def test_entropy_of_the_standardised_moons() -> None:
    moons = Moons()
    assert float(moons.entropy()) == pytest.approx(1.13, abs=0.01)
    sample = moons.sample(20_000, torch.Generator().manual_seed(1))
    assert float(-moons.log_prob(sample).mean()) == pytest.approx(float(moons.entropy()), abs=0.05)


def test_rescaling_moves_the_loss_not_the_gap() -> None:
    x = torch.linspace(-30, 30, 400_001, dtype=torch.float64)
    losses, entropies = [], []
    for scale in (1.0, 2.0):  # in one dimension, data and model both multiplied by `scale`
        p, q = Normal(1.0 * scale, 0.7 * scale), Normal(0.2 * scale, 1.1 * scale)
        losses.append(float(torch.trapezoid(-p.log_prob(x).exp() * q.log_prob(x), x)))
        entropies.append(float(p.entropy()))
    assert losses[1] - losses[0] == pytest.approx(math.log(2), abs=1e-6)
    assert losses[1] - entropies[1] == pytest.approx(losses[0] - entropies[0], abs=1e-6)


def test_entropy_of_a_narrow_gaussian() -> None:
    assert float(Normal(0.0, 0.01).entropy()) == pytest.approx(-3.186, abs=1e-3)


# ---- coupling, autoregressive and spline layers


def coupling(x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """One layer on (5,) with split 2 and a net that is not invertible; gives z, s, t."""
    s, t = torch.sin(x[:2].sum() * torch.arange(1.0, 4.0, dtype=x.dtype)), torch.cos(x[0] * x[1]) * torch.ones(3, dtype=x.dtype)
    return torch.cat([x[:2], x[2:] * s.exp() + t]), s, t


def test_coupling_inverse_and_wrong_order() -> None:
    x = doubles(5)
    z, _, _ = coupling(x)
    _, s, t = coupling(z)  # z_a = x_a, so the net says the same
    assert torch.allclose((z[2:] - t) * torch.exp(-s), x[2:])
    wrong = z[2:] * torch.exp(-s) - t
    assert torch.allclose(wrong - x[2:], t * (torch.exp(-s) - 1))


def test_coupling_jacobian_blocks() -> None:
    x = doubles(5)
    _, s, _ = coupling(x)
    full = jacobian(lambda x: coupling(x)[0], x)
    assert torch.allclose(full[:2], torch.eye(2, 5, dtype=x.dtype)) and torch.allclose(full[2:, 2:], torch.diag(s.exp()))
    assert full[2:, :2].abs().min() > 0  # the block that may be anything
    assert torch.isclose(torch.linalg.slogdet(full)[1], s.sum())


def test_log_determinants_of_a_stack_add_up() -> None:
    x = doubles(5)
    first, s_1, _ = coupling(x)
    _, s_2, _ = coupling(first.flip(0))
    full = jacobian(lambda x: coupling(coupling(x)[0].flip(0))[0], x)
    assert full.triu(1).abs().max() > 0.01 and full.tril(-1).abs().max() > 0.01  # not triangular
    assert torch.isclose(torch.linalg.slogdet(full)[1], s_1.sum() + s_2.sum())


def autoregressive(x: Tensor) -> tuple[Tensor, Tensor]:
    """z_i = (x_i - m_i) exp(-s_i) with m_i and s_i from the elements before i; gives z and the log-scales."""
    before = torch.cumsum(x, 0) - x
    m, s = torch.cos(before), torch.sin(2 * before)
    return (x - m) * torch.exp(-s), -s


def test_autoregressive_jacobian_is_triangular() -> None:
    x = doubles(6)
    full = jacobian(lambda x: autoregressive(x)[0], x)
    assert full.triu(1).abs().max() == 0 and full.tril(-1).abs().max() > 0.01
    assert torch.isclose(torch.linalg.slogdet(full)[1], autoregressive(x)[1].sum())


def test_parallel_inverse_gains_one_element_a_pass() -> None:
    x = doubles(6)
    z, _ = autoregressive(x)
    guess = torch.zeros_like(x)
    for done in range(1, 7):
        before = torch.cumsum(guess, 0) - guess
        guess = z * torch.exp(torch.sin(2 * before)) + torch.cos(before)
        right = (guess - x).abs() < 1e-9
        assert right[:done].all() and not right[done:].any()


def spline(xi: Tensor, width: float, height: float, d_0: float, d_1: float) -> Tensor:
    """A bin from (0, 0) to (width, height) [Durkan et al. 2019, eq. 4]."""
    s = height / width
    return height * (s * xi**2 + d_0 * xi * (1 - xi)) / (s + (d_0 + d_1 - 2 * s) * xi * (1 - xi))


def test_spline_derivative_and_inverse() -> None:
    width, height, d_0, d_1 = 0.8, 1.7, 0.4, 3.0
    s, xi = height / width, torch.linspace(0, 1, 21, dtype=torch.float64)
    x = (xi * width).requires_grad_()
    y = spline(x / width, width, height, d_0, d_1)
    (slope,) = torch.autograd.grad(y.sum(), x)
    said = s**2 * (d_1 * xi**2 + 2 * s * xi * (1 - xi) + d_0 * (1 - xi) ** 2) / (s + (d_0 + d_1 - 2 * s) * xi * (1 - xi)) ** 2
    assert torch.allclose(slope, said) and (slope > 0).all()
    assert slope[0].item() == pytest.approx(d_0) and slope[-1].item() == pytest.approx(d_1)
    y = y.detach()
    a, b, c = height * (s - d_0) + y * (d_0 + d_1 - 2 * s), height * d_0 - y * (d_0 + d_1 - 2 * s), -s * y
    assert torch.allclose(2 * c / (-b - torch.sqrt(b**2 - 4 * a * c)), xi)


def test_equal_bins_and_unit_derivatives_give_the_identity() -> None:
    xi = torch.linspace(0, 1, 21, dtype=torch.float64)
    assert torch.allclose(spline(xi, 0.5, 0.5, 1.0, 1.0), 0.5 * xi)


def test_slope_between_two_modes() -> None:
    x, std = 0.0, 0.3
    half = 0.5 * (Normal(2.0, std).log_prob(torch.tensor(x)).double().exp() + Normal(-2.0, std).log_prob(torch.tensor(x)).double().exp())
    slope = Normal(0.0, 1.0).log_prob(torch.tensor(0.0)).double().exp() / half  # x = 0 is the image of z = 0 by symmetry
    assert slope.item() == pytest.approx(0.3 * math.exp(22.2), rel=0.03) and slope.item() == pytest.approx(1.3e9, rel=0.05)

    def quantile(z: float) -> float:  # the increasing map itself, by bisection
        low, high, level = -4.0, 4.0, Normal(0.0, 1.0).cdf(torch.tensor(z, dtype=torch.float64))
        for _ in range(100):
            middle = torch.tensor((low + high) / 2, dtype=torch.float64)
            below = 0.5 * (Normal(-2.0, std).cdf(middle) + Normal(2.0, std).cdf(middle)) < level
            low, high = (float(middle), high) if below else (low, float(middle))
        return low

    assert (quantile(1e-11) - quantile(-1e-11)) / 2e-11 == pytest.approx(slope.item(), rel=0.1)


def test_triangular_map_makes_independent_normals() -> None:
    z_of, g = Normal(0.0, 1.0), torch.Generator().manual_seed(5)
    x_1 = -torch.rand(200_000, generator=g, dtype=torch.float64).log()  # exponential
    x_2 = x_1 * torch.rand(200_000, generator=g, dtype=torch.float64)  # uniform on [0, x_1]
    z = torch.stack([z_of.icdf((1 - torch.exp(-x_1)).clamp(1e-12, 1 - 1e-12)), z_of.icdf((x_2 / x_1).clamp(1e-12, 1 - 1e-12))])
    assert torch.allclose(z.mean(1), torch.zeros(2, dtype=z.dtype), atol=0.012)
    assert torch.allclose(z @ z.T / z.shape[1], torch.eye(2, dtype=z.dtype), atol=0.02)
    assert abs(float((z[0] ** 2 * z[1] ** 2).mean()) - 1) < 0.06


# ---- dequantisation


def logit_of(value: Tensor, alpha: float, levels: int = 256) -> Tensor:
    return torch.logit(alpha + (1 - 2 * alpha) * value / levels)


def test_logit_log_det() -> None:
    alpha, levels = 0.05, 256
    value = torch.tensor([0.3, 100.7, 128.0], dtype=torch.float64, requires_grad=True)
    (slope,) = torch.autograd.grad(logit_of(value, alpha).sum(), value)
    p = alpha + (1 - 2 * alpha) * value.detach() / levels
    assert torch.allclose(slope.log(), -math.log(levels) + math.log(1 - 2 * alpha) - p.log() - (1 - p).log())
    assert slope[2].log().item() == pytest.approx(math.log(4) + math.log(1 - 2 * alpha) - math.log(levels))
    assert math.log(0.98 / 0.9) == pytest.approx(0.085, abs=5e-4)


def test_logit_range() -> None:
    ends = torch.tensor([0.0, 256.0], dtype=torch.float64)
    assert torch.allclose(logit_of(ends, 0.05), torch.tensor([-2.944, 2.944], dtype=torch.float64), atol=1e-3)
    assert logit_of(ends, 0.0).tolist() == [-math.inf, math.inf]


def test_dequantisation_bound() -> None:
    for q, gap in ((0.2 + 1.6 * GRID, True), (torch.full_like(GRID, 0.7), False)):  # a density within one cell: rising, constant
        bound, exact = mean_over_time(q.log()), math.log(mean_over_time(q))
        assert bound < exact - 0.05 if gap else bound == pytest.approx(exact)
    widths = torch.tensor([1.0, 1e-2, 1e-4])  # a spike on an integer: its height has no bound
    assert torch.allclose(Normal(0.0, widths).log_prob(torch.zeros(3)).diff(), torch.full((2,), 2 * math.log(10)), atol=1e-4)


def test_uniform_has_eight_bits() -> None:
    assert math.log(256) / math.log(2) == pytest.approx(8)
    per_unit = torch.distributions.Uniform(0.0, 1.0)  # data divided by 256: the density is 1, the loss 0
    assert per_unit.log_prob(torch.tensor(0.4)).item() == pytest.approx(-(8 - 8))


# ---- flow matching


def test_time_along_columns_is_silent() -> None:
    images = torch.zeros(28, 1, 28, 28)
    assert (torch.arange(28.0) * torch.ones_like(images))[3, 0, 0].tolist() == list(range(28))  # image 3 has 28 different times
    with pytest.raises(RuntimeError):
        torch.arange(5.0) * images[:5]


def test_shared_time_variance() -> None:
    loss = {0.0: [1.0, 4.0], 0.5: [2.0, 3.0], 1.0: [7.0, 9.0]}  # equally likely times, then equally likely losses; B = 2
    flat = [value for values in loss.values() for value in values]
    own = [sum(pair) / 2 for pair in itertools.product(flat, repeat=2)]
    shared = [sum(pair) / 2 for values in loss.values() for pair in itertools.product(values, repeat=2)]
    own_t, shared_t, all_t = (torch.tensor(values, dtype=torch.float64) for values in (own, shared, flat))
    assert torch.isclose(own_t.mean(), shared_t.mean())
    by_time = torch.tensor(list(loss.values()), dtype=torch.float64)
    said = by_time.mean(1).var(correction=0) + by_time.var(1, correction=0).mean() / 2
    assert torch.isclose(shared_t.var(correction=0), said) and said > own_t.var(correction=0)
    assert torch.isclose(own_t.var(correction=0), all_t.var(correction=0) / 2)


def test_remaining_variance_at_both_ends() -> None:
    x_0, x_1 = doubles(400_000, 2, seed=1), Moons().sample(400_000, torch.Generator().manual_seed(2)).double()
    at_start = (x_1 - x_0) - (x_1.mean(0) - x_0)  # at t = 0: E[x_1 - x_0 | x_0] = E x_1 - x_0
    at_end = (x_1 - x_0) - x_1
    for rest in (at_start, at_end):
        assert rest.square().sum(1).mean().item() == pytest.approx(2, abs=0.02)


def test_conditional_field() -> None:
    def alpha(t: Tensor) -> Tensor:
        return torch.sin(math.pi * t / 2) ** 2

    def beta(t: Tensor) -> Tensor:
        return torch.cos(math.pi * t / 2) * (1 - t / 3)

    x_0, x_1, t = doubles(4), doubles(4, seed=1), torch.tensor(0.37, dtype=torch.float64)
    a, b = alpha(t), beta(t)
    (da,), (db,) = (torch.autograd.functional.jacobian(f, (t,)) for f in (alpha, beta))
    velocity = jacobian(lambda t: alpha(t) * x_1 + beta(t) * x_0, t)
    x = a * x_1 + b * x_0
    assert torch.allclose(velocity, da * x_1 + db / b * (x - a * x_1))
    straight = t * x_1 + (1 - t) * x_0
    assert torch.allclose((x_1 - straight) / (1 - t), x_1 - x_0)


def test_spread_on_two_schedules() -> None:
    sine, cosine = torch.sin(math.pi * GRID / 2), torch.cos(math.pi * GRID / 2)
    assert torch.allclose(sine**2 + cosine**2, torch.ones_like(GRID))
    assert sine[[0, -1]].tolist() == pytest.approx([0, 1]) and cosine[[0, -1]].tolist() == pytest.approx([1, 0])
    assert (GRID**2 + (1 - GRID) ** 2).min().item() == pytest.approx(0.5)
    x_0, x_1 = torch.tensor([1.0, 0.0], dtype=torch.float64), torch.tensor([0.0, 3.0], dtype=torch.float64)
    path = sine[:, None] * x_1 + cosine[:, None] * x_0
    speed = path.diff(dim=0).norm(dim=1)
    assert speed.max() > 1.5 * speed.min()
    assert (path[50_000] - (x_0 + x_1) / 2).norm() > 0.3  # not on the line


def test_conditional_and_marginal_losses_differ_by_a_constant() -> None:
    pairs = [(x_0, x_1) for x_0 in (-1.0, 0.0, 1.0) for x_1 in (-1.0, 0.0, 1.0)]  # at t = 1/2 many lines meet: exact enumeration
    place = torch.tensor([(a + b) / 2 for a, b in pairs])
    target = torch.tensor([b - a for a, b in pairs])
    u = torch.stack([target[place == x].mean() for x in place])
    floor = (target - u).square().mean()
    for v in (u, 0.5 * u, torch.cos(place), 3 * place - 1):
        assert torch.isclose((v - target).square().mean(), (v - u).square().mean() + floor)
    assert floor > 0


def gaussian_u(x: Tensor, t: float) -> Tensor:
    """The exact velocity between N(0, 1) and N(0, 1), paired at random."""
    return (2 * t - 1) * x / ((1 - t) ** 2 + t**2)


def test_floor_for_gaussians() -> None:
    for t in (0.0, 0.2, 0.5, 1.0):  # conditional variance from the joint covariance of x_1 - x_0 and x_t
        mix = torch.tensor([[-1.0, 1.0], [1 - t, t]], dtype=torch.float64)
        joint = mix @ mix.T
        rest = joint[0, 0] - joint[0, 1] ** 2 / joint[1, 1]
        assert rest.item() == pytest.approx(1 / ((1 - t) ** 2 + t**2))
        assert (joint[0, 1] / joint[1, 1]).item() == pytest.approx(float(gaussian_u(torch.tensor(1.0, dtype=torch.float64), t)))
    floor = 1 / ((1 - GRID) ** 2 + GRID**2)
    assert mean_over_time(floor) == pytest.approx(math.pi / 2, abs=1e-8)
    assert floor[[0, 50_000, -1]].tolist() == pytest.approx([1, 2, 1])
    # Data N(0, s²): at t = 0 the variance of the data remains, at t = 1 that of the noise.
    s = 1.7
    for t, rest in ((0.0, s**2), (1.0, 1.0)):
        cov, var = t * s**2 - (1 - t), (1 - t) ** 2 + t**2 * s**2
        assert 1 + s**2 - cov**2 / var == pytest.approx(rest)


def test_paths_for_gaussians() -> None:
    x = torch.tensor([-1.3, 0.4, 2.0], dtype=torch.float64)
    assert torch.allclose(rk4(gaussian_u, x, 0, 0.5), x * math.sqrt(0.5))
    assert torch.allclose(rk4(gaussian_u, x, 0, 0.8), x * math.sqrt(0.2**2 + 0.8**2))
    assert torch.allclose(rk4(gaussian_u, x, 0, 1), x)


def test_continuity_equation() -> None:
    def log_p(x: Tensor, t: Tensor) -> Tensor:
        variance = (1 - t) ** 2 + t**2
        return -0.5 * x**2 / variance - 0.5 * torch.log(2 * math.pi * variance)

    x = torch.linspace(-3, 3, 25, dtype=torch.float64, requires_grad=True)
    t = torch.full((25,), 0.3, dtype=torch.float64, requires_grad=True)
    density = log_p(x, t).exp()
    flux = density * (2 * t - 1) * x / ((1 - t) ** 2 + t**2)
    (change,) = torch.autograd.grad(density.sum(), t, retain_graph=True)
    (divergence,) = torch.autograd.grad(flux.sum(), x)
    assert torch.allclose(change, -divergence) and change.abs().max() > 0.05


def test_rotation_leaves_a_gaussian() -> None:
    x = doubles(5, 2).requires_grad_()
    density = torch.exp(-0.5 * x.square().sum(1))
    flux = density[:, None] * torch.stack([-x[:, 1], x[:, 0]], dim=1)
    parts = [torch.autograd.grad(flux[:, i].sum(), x, retain_graph=True)[0][:, i] for i in range(2)]
    assert torch.allclose(parts[0] + parts[1], torch.zeros(5, dtype=x.dtype)) and parts[0].abs().max() > 0.01


def test_rectifying_gaussians_lowers_the_cost() -> None:
    s = 0.4

    def u(x: Tensor, t: float) -> Tensor:
        return (t * s**2 - (1 - t)) / ((1 - t) ** 2 + t**2 * s**2) * x

    start = torch.tensor([1.0, -2.0], dtype=torch.float64)
    end = rk4(u, start, 0, 1)
    assert torch.allclose(end, s * start)  # so the cost is (1 - s)² E x_0² = (1 - s)²
    x_0, x_1 = doubles(400_000), s * doubles(400_000, seed=1)
    assert (x_1 - x_0).square().mean().item() == pytest.approx(1 + s**2, abs=0.02)
    for cost in (torch.abs, torch.square, lambda d: d**4):
        assert cost((s - 1) * x_0).mean() < cost(x_1 - x_0).mean()


# ---- solvers


def solve(step: Callable[[float, float, float], float], steps: int) -> float:
    x = 1.0
    for i in range(steps):
        x = step(x, i / steps, 1 / steps)
    return x


def slope_of(step: Callable[[float, float, float], float], exact: float) -> float:
    return math.log2(abs(solve(step, 100) - exact) / abs(solve(step, 200) - exact))


def heun_step(field: Callable[[float, float], float], late: float) -> Callable[[float, float, float], float]:
    """A Heun step whose second call is at t + late · h."""

    def step(x: float, t: float, h: float) -> float:
        first = field(x, t)
        return x + h * (first + field(x + h * first, t + late * h)) / 2

    return step


def test_heun_with_the_wrong_time_is_first_order() -> None:
    def moving(x: float, t: float) -> float:
        return x * math.cos(3 * t)

    def fixed(x: float, t: float) -> float:
        return -x

    exact = math.exp(math.sin(3) / 3)
    assert slope_of(heun_step(moving, 1), exact) == pytest.approx(2, abs=0.1)
    assert slope_of(heun_step(moving, 0), exact) == pytest.approx(1, abs=0.1)
    assert solve(heun_step(fixed, 0), 10) == solve(heun_step(fixed, 1), 10)


def test_heun_step_and_order() -> None:
    a, h = 0.7, 0.2
    grow = heun_step(lambda x, t: a * x, 1)
    assert grow(1.0, 0.0, h) == pytest.approx(1 + a * h + (a * h) ** 2 / 2)
    assert slope_of(grow, math.exp(a)) == pytest.approx(2, abs=0.05)
    assert slope_of(lambda x, t, h: x + h * a * x, math.exp(a)) == pytest.approx(1, abs=0.05)
    local = [abs(grow(1.0, 0.0, h) - math.exp(a * h)) for h in (0.01, 0.005)]
    assert math.log2(local[0] / local[1]) == pytest.approx(3, abs=0.05)


def test_one_step_from_noise() -> None:
    means, std = torch.tensor([[-1.0], [1.0]], dtype=torch.float64) * math.sqrt(0.96), 0.2  # mean 0, variance 1

    def u(x: Tensor, t: float) -> Tensor:
        variance = (1 - t) ** 2 + (t * std) ** 2
        offset = x - t * means  # (2, N)
        weights = torch.softmax(-0.5 * offset**2 / variance, 0)
        return (weights * (means + (t * std**2 - (1 - t)) / variance * offset)).sum(0)

    x = torch.tensor([-2.0, 0.3, 1.1], dtype=torch.float64)
    euler = x + u(x, 0.0)
    assert torch.allclose(euler, torch.zeros_like(x), atol=1e-12)
    assert torch.allclose(x + (u(x, 0.0) + u(euler, 1.0)) / 2, x / 2, atol=1e-12)
    assert torch.allclose(u(x, 1.0), x)


# ---- likelihood of ODE flows


def test_hutchinson_mean_and_variance() -> None:
    for a in (doubles(4, 4), torch.tensor([[0.0, 1.0], [-1.0, 0.0]], dtype=torch.float64), torch.eye(3, dtype=torch.float64)):
        signs = torch.tensor(list(itertools.product((-1.0, 1.0), repeat=len(a))), dtype=torch.float64)
        values = ((signs @ a) * signs).sum(1)  # every probe there is
        s = (a + a.T) / 2
        off = s - torch.diag(s.diagonal())
        assert torch.isclose(values.mean(), a.trace())
        assert torch.isclose(values.var(correction=0), 2 * off.square().sum())
    symmetric = (doubles(4, 4) + doubles(4, 4).T) / 2
    gauss = doubles(400_000, 4, seed=2)
    spread = ((gauss @ symmetric) * gauss).sum(1).var()
    assert spread.item() == pytest.approx(2 * symmetric.square().sum().item(), rel=0.05)


def test_independent_probes_average_to_zero() -> None:
    a = doubles(3, 3)
    signs = torch.tensor(list(itertools.product((-1.0, 1.0), repeat=3)), dtype=torch.float64)
    assert abs((signs @ a @ signs.T).mean().item()) < 1e-12 < abs(a.trace().item())
    both = torch.tensor(list(itertools.product((-1.0, 1.0), repeat=2)))
    tilted = torch.tensor([[2.0, 1.0], [0.0, 0.0]])
    assert ((both @ tilted) * both).sum(1).mean() == 2 and (both @ tilted.T).sum(1).mean() == 0  # the second rule misses the trace


def test_cnf_of_a_linear_field() -> None:
    a, dim = 0.6, 3
    x = doubles(2, dim)
    back = rk4(lambda x, t: a * x, x, 1, 0)
    assert torch.allclose(back, math.exp(-a) * x)
    said = Normal(0.0, 1.0).log_prob(back).sum(1) - a * dim
    assert torch.allclose(said, Normal(0.0, math.exp(a)).log_prob(x).sum(1))


def test_instantaneous_change_of_variables() -> None:
    # Points drift with u between N(0, 1) and N(0, 1); p(., t) = N(0, (1 - t)² + t²) is known without any ODE.
    x, h, t = torch.tensor([0.8], dtype=torch.float64), 1e-5, 0.3

    def log_p(x: Tensor, t: float) -> Tensor:
        return Normal(torch.zeros_like(x), math.sqrt((1 - t) ** 2 + t**2) * torch.ones_like(x)).log_prob(x)

    later, earlier = rk4(gaussian_u, x, t, t + h, 1), rk4(gaussian_u, x, t, t - h, 1)
    rate = (log_p(later, t + h) - log_p(earlier, t - h)) / (2 * h)
    divergence = (2 * t - 1) / ((1 - t) ** 2 + t**2)
    assert rate.item() == pytest.approx(-divergence, abs=1e-6)


def test_determinant_near_the_identity() -> None:
    j = doubles(4, 4)
    errors = [abs(float(torch.linalg.det(torch.eye(4, dtype=j.dtype) + h * j) - 1 - h * j.trace())) for h in (1e-3, 5e-4)]
    assert math.log2(errors[0] / errors[1]) == pytest.approx(2, abs=0.05)


def test_mixture_with_noise_loses_log_100() -> None:
    x = torch.linspace(-4, 4, 81)
    p, noise = Normal(0.0, 1.0).log_prob(x), Normal(0.0, 50.0).log_prob(x)
    q = torch.logaddexp(math.log(0.01) + p, math.log(0.99) + noise)
    assert (p - q).max() <= math.log(100) and math.log(100) == pytest.approx(4.6, abs=0.01) and math.log(100) / 784 < 0.006


# ---- optimal transport


def test_sorted_pairs_and_greedy() -> None:
    g = torch.Generator().manual_seed(9)
    a, b, c, d = (torch.rand(1000, generator=g, dtype=torch.float64) for _ in range(4))
    crossed, ordered = (a - d) ** 2 + (b - c) ** 2, (a - c) ** 2 + (b - d) ** 2
    assert torch.allclose(crossed - ordered, 2 * (b - a) * (d - c))
    noise, data = doubles(6).sort()[0], doubles(6, seed=1).sort()[0]
    best = min(itertools.permutations(range(6)), key=lambda order: float((noise - data[list(order)]).square().sum()))
    assert best == tuple(range(6))
    assert (0 - 1.1) ** 2 + (1 - 5) ** 2 < (1 - 1.1) ** 2 + (0 - 5) ** 2  # greedy begins with 1 and 1.1


def test_straightness_of_a_line_with_changing_speed() -> None:
    assert mean_over_time((2 * GRID - 1) ** 2) == pytest.approx(1 / 3, abs=1e-8)
    for count in (1, 3, 10):
        times = torch.arange(count, dtype=torch.float64) / count
        assert (2 * times - 1).square().mean().item() == pytest.approx((count**2 + 2) / (3 * count**2))
