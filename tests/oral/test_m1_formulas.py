"""The formulas in staff/oral/m1.yml, each computed in a way that does not use it. A question names its tests under `checked_by`."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
import torch.nn.functional as F
from scipy import integrate, stats
from torch import Tensor
from torch.distributions import Normal, kl_divergence

FIVE = torch.tensor([1.0, 2.0, 2.0, 3.0, 12.0], dtype=torch.float64)
TWO_SIDES = torch.tensor([1.0] * 6 + [-1.0] * 4, dtype=torch.float64)  # 60 % and 40 %


def doubles(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def pinball(y: Tensor, c: Tensor, q: float) -> Tensor:
    """Average pinball loss of each constant c (C,) on the sample y (N,), by its two cases."""
    error = y[:, None] - c
    return torch.where(error >= 0, q * error, (q - 1) * error).mean(0)


def kl(p: Tensor, q: Tensor) -> float:
    return float(sum(a * math.log(a / b) for a, b in zip(p.tolist(), q.tolist(), strict=True) if a > 0))


# ---- optimal constants


def test_pinball_on_five_values() -> None:
    grid = torch.linspace(0, 13, 1301, dtype=torch.float64)  # 1 is grid[100], and so on
    risk = pinball(FIVE, grid, 0.7)
    assert grid[risk.argmin()].item() == pytest.approx(3)
    assert risk.min().item() == pytest.approx(1.5) and torch.quantile(FIVE, 0.7).item() == pytest.approx(2.8)
    assert pinball(FIVE, torch.tensor([2.8], dtype=torch.float64), 0.7).item() == pytest.approx(1.52)
    flat = {}
    for q in (0.1, 0.2, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        best = grid[pinball(FIVE, grid, q) < pinball(FIVE, grid, q).min() + 1e-9]
        flat[q] = (best.min().item(), best.max().item())
    assert [q for q, (low, high) in flat.items() if high > low + 0.05] == [0.2, 0.6, 0.8]
    assert flat[0.2] == pytest.approx((1, 2)) and flat[0.6] == pytest.approx((2, 3)) and flat[0.8] == pytest.approx((3, 12))


@pytest.mark.parametrize(("missing", "level"), [(3.0, 0.75), (9.0, 0.9)])
def test_bakery_level(missing: float, level: float) -> None:
    demand = torch.linspace(0.0005, 0.9995, 1000, dtype=torch.float64)  # uniform on [0, 1]: the level of c is c
    c = torch.linspace(0, 1, 1001, dtype=torch.float64)
    cost = (missing * (demand[:, None] - c).clamp(min=0) + (c - demand[:, None]).clamp(min=0)).mean(0)
    assert c[cost.argmin()].item() == pytest.approx(level, abs=0.002)


def test_delivery_factors() -> None:
    times = stats.lognorm(s=0.6)  # the median is 1
    assert times.mean() == pytest.approx(1.197, abs=5e-4) and times.median() == pytest.approx(1)
    assert times.cdf(times.mean()) == pytest.approx(0.62, abs=0.005) and times.cdf(times.mean()) == pytest.approx(stats.norm.cdf(0.3))
    assert times.ppf(0.9) == pytest.approx(2.16, abs=0.005)
    year = 365.25 * 24
    assert year / 1000 == pytest.approx(8.8, abs=0.05)


def test_derivative_of_the_pinball_risk() -> None:
    y = doubles(4001).exp()
    c = torch.tensor([0.4, 1.3, 2.2], dtype=torch.float64, requires_grad=True)
    below = (y[:, None] < c).double().mean(0)
    slope = torch.autograd.grad(pinball(y, c, 0.3).sum(), c)[0]
    assert torch.allclose(slope, below - 0.3)
    slope = torch.autograd.grad((y[:, None] - c).abs().mean(0).sum(), c)[0]
    assert torch.allclose(slope, below - (1 - below))


def test_two_sides() -> None:
    grid = torch.linspace(-2, 2, 4001, dtype=torch.float64)
    error = TWO_SIDES[:, None] - grid
    assert grid[error.square().mean(0).argmin()].item() == pytest.approx(0.2)
    assert grid[error.abs().mean(0).argmin()].item() == pytest.approx(1)


# ---- likelihood


def test_nll_of_a_tiny_variance() -> None:
    residual = math.exp(-15)  # one standard deviation
    assert -stats.norm(0, math.exp(-15)).logpdf(residual) == pytest.approx(-13.58, abs=0.005)
    assert 0.5 - 15 + 0.5 * math.log(2 * math.pi) == pytest.approx(-13.58, abs=0.005)
    assert -stats.norm(0, math.sqrt(math.exp(-30) + 1e-6)).logpdf(residual) == pytest.approx(-5.99, abs=0.005)


def test_stationary_log_variance() -> None:
    y, s = doubles(50) * 3, torch.linspace(-2, 5, 70_001, dtype=torch.float64)
    loss = (0.5 * y[:, None] ** 2 * torch.exp(-s) + 0.5 * s).mean(0)
    assert s[loss.argmin()].item() == pytest.approx(math.log(y.square().mean()), abs=2e-4)
    at = torch.tensor(0.7, dtype=torch.float64, requires_grad=True)
    nll = -Normal(torch.tensor(1.0).double(), (0.5 * at).exp()).log_prob(torch.tensor(3.0).double())
    slope = torch.autograd.grad(nll, at, create_graph=True)[0]
    assert slope.item() == pytest.approx(0.5 * (1 - 4 * math.exp(-0.7)))
    one = torch.tensor(math.log(4), dtype=torch.float64, requires_grad=True)
    first = torch.autograd.grad(-Normal(torch.tensor(1.0).double(), (0.5 * one).exp()).log_prob(torch.tensor(3.0).double()), one, create_graph=True)[
        0
    ]
    assert first.item() == pytest.approx(0) and torch.autograd.grad(first, one)[0].item() == pytest.approx(0.5)


def test_change_of_unit() -> None:
    metres, centimetres = -stats.norm(1.2, 0.3).logpdf(1.7), -stats.norm(120, 30).logpdf(170)
    assert centimetres - metres == pytest.approx(math.log(100)) and math.log(100) == pytest.approx(4.6, abs=0.01)


def test_entropy_of_the_noisy_sine() -> None:
    entropy, _ = integrate.quad(lambda x: stats.norm(0, 0.1 * math.exp(0.6 * x)).entropy() / 4, -2, 2)
    assert entropy == pytest.approx(-0.884, abs=5e-4)
    assert entropy == pytest.approx(0.5 * math.log(2 * math.pi * math.e) + math.log(0.1))


def test_gaussian_on_two_answers() -> None:
    y = torch.tensor([1.0, -1.0], dtype=torch.float64)
    assert y.mean() == 0 and y.var(correction=0) == 1
    assert stats.norm.cdf(0.5) - stats.norm.cdf(-0.5) == pytest.approx(0.38, abs=0.005)


def test_bits_of_simple_densities() -> None:
    cells, width = 256, 1 / 256
    for density, share, bits in ((1.0, 1.0, 8.0), (2.0, 0.5, 7.0)):
        probability = density * width  # of each cell that is reached
        assert probability * share * cells == pytest.approx(1) and -math.log2(probability) == pytest.approx(bits)
    assert -math.log2(0.5 * 2 / 256) == pytest.approx(8)  # on [-1, 1]: density 1/2, cells 2/256 wide
    assert -math.log2(0.5) + math.log2(128) == pytest.approx(8) and math.log2(128) == 7


def test_likelihood_is_entropy_plus_forward_kl() -> None:
    p, q = (torch.softmax(doubles(9, seed=seed), 0) for seed in (1, 2))
    entropy, loss = -float((p * p.log()).sum()), -float((p * q.log()).sum())
    assert loss == pytest.approx(entropy + kl(p, q)) and kl(p, q) > 0 and kl(p, p) == 0
    r = torch.linspace(0.01, 5, 500, dtype=torch.float64)
    assert bool((r.log() <= r - 1 + 1e-15).all())


def test_one_per_cent_of_a_perfect_model() -> None:
    x = doubles(1000)
    good, bad = Normal(0.0, 1.0).log_prob(x), Normal(0.0, 50.0).log_prob(x)
    mixed = torch.logaddexp(math.log(0.01) + good, math.log(0.99) + bad)
    assert bool((good - mixed <= math.log(100)).all()) and math.log(100) == pytest.approx(4.6, abs=0.01)


def test_number_of_pictures() -> None:
    assert len(str(256**784)) - 1 == 1888


# ---- average or draw


def test_softmax_far_from_all_data() -> None:
    x, y = torch.tensor([3.0, 1.0, 2.0]), torch.tensor([30.0, 10.0, 20.0])
    exponent = -((900 - x) ** 2) / 2
    assert (exponent.exp() / exponent.exp().sum()).isnan().all() and (torch.softmax(exponent, 0) @ y).item() == pytest.approx(30)
    assert torch.exp(torch.tensor(-104.0)) == 0 and torch.exp(torch.tensor(-103.0)) > 0 and math.sqrt(2 * 104) == pytest.approx(14.4, abs=0.05)
    assert (torch.softmax(-((0 - x) ** 2) / (2 * 1e6**2), 0) @ y).item() == pytest.approx(20)


def test_intervals_draw_with_their_weights() -> None:
    weights = torch.tensor([0.0, 0.5, 0.2, 0.3], dtype=torch.float64)
    u = (torch.arange(10_000, dtype=torch.float64)) / 10_000
    index = (weights.cumsum(0) <= u[:, None]).sum(1)
    assert torch.allclose(torch.bincount(index, minlength=4) / 10_000, weights.float(), atol=2e-4) and index[0] == 1
    last = [torch.softmax(doubles(300, seed=seed).float(), 0).cumsum(0)[-1].item() for seed in range(20)]
    assert min(last) < 1  # rounding


def test_drives_floor_and_twice() -> None:
    def swerve(x: float) -> float:
        return 1.2 * math.sin(math.pi * x / 10) ** 2

    floor, _ = integrate.quad(lambda x: (0.96 * swerve(x) ** 2 + 0.01) / 10, 0, 10)
    assert floor == pytest.approx(0.528, abs=5e-4) and 0.2 * swerve(5) < 0.5
    pairs = torch.cartesian_prod(TWO_SIDES, TWO_SIDES)
    assert (pairs[:, 0] - pairs[:, 1]).square().mean().item() == pytest.approx(2 * 0.96)


def test_squared_error_splits() -> None:
    x = torch.arange(6).repeat_interleave(50)
    y, f = doubles(300, 3) + x[:, None], doubles(6, 3, seed=1)[x]
    mean = torch.stack([y[x == i].mean(0) for i in range(6)])[x]
    parts = (y - mean).square().sum(1).mean(), (mean - f).square().sum(1).mean()
    assert torch.isclose((y - f).square().sum(1).mean(), parts[0] + parts[1]) and parts[0] > 0


def test_twice_the_error() -> None:
    y = doubles(40, 3).exp()  # all pairs of an exact finite distribution
    one, other = (part.flatten() for part in torch.meshgrid(torch.arange(40), torch.arange(40), indexing="ij"))
    mean = y.mean(0)
    variance = (y - mean).square().sum(1).mean()
    for a in (0.0, 0.4, 1.0):
        error = (y[one] - (mean + a * (y[other] - mean))).square().sum(1).mean()
        assert torch.isclose(error, (1 + a**2) * variance)


# ---- divergences


def test_coins() -> None:
    fair, biased = torch.tensor([0.5, 0.5], dtype=torch.float64), torch.tensor([0.9, 0.1], dtype=torch.float64)
    assert kl(fair, biased) == pytest.approx(0.511, abs=5e-4) and kl(biased, fair) == pytest.approx(0.368, abs=5e-4)
    assert stats.entropy(fair, biased) == pytest.approx(kl(fair, biased))


def test_gradient_of_kl_in_q() -> None:
    p = torch.tensor([0.0, 0.4, 0.6], dtype=torch.float64)
    q = torch.tensor([0.2, 0.3, 0.5], dtype=torch.float64, requires_grad=True)
    gradient = torch.autograd.grad((torch.xlogy(p, p) - torch.xlogy(p, q)).sum(), q)[0]
    assert torch.allclose(gradient, -p / q)
    masked = torch.where(p > 0, p * (p / q).log(), torch.zeros_like(p)).sum()
    assert torch.autograd.grad(masked, q)[0][0].isnan()


def test_boxes_that_part() -> None:
    cells = torch.arange(400, dtype=torch.float64)
    for shift, js in ((50, 0.5 * math.log(2)), (100, math.log(2)), (250, math.log(2))):
        p, q = (((cells >= start) & (cells < start + 100)).double() / 100 for start in (0, shift))
        middle = (p + q) / 2
        assert 0.5 * (kl(p, middle) + kl(q, middle)) == pytest.approx(js)
        assert stats.wasserstein_distance(cells, cells, p, q) == pytest.approx(shift)
    assert 0.5 * math.log(2) == pytest.approx(0.347, abs=5e-4)


def test_sorted_plan_is_the_cheapest() -> None:
    for seed in range(20):
        x, y = doubles(5, seed=seed), 2 * doubles(5, seed=seed + 100)
        plans = [float((x - y[list(order)]).abs().mean()) for order in itertools.permutations(range(5))]
        assert min(plans) == pytest.approx(float((x.sort().values - y.sort().values).abs().mean()))
    assert (abs(0 - 1) + abs(3 - 4)) / 2 == 1 and (abs(0 - 4) + abs(3 - 1)) / 2 == 3
    x = doubles(50, seed=3)
    stretched = x.mean() + 2 * (x - x.mean())
    assert stats.wasserstein_distance(x, stretched) == pytest.approx(float((x - x.mean()).abs().mean()))


def test_kl_of_two_gaussians() -> None:
    def formula(m_1: float, s_1: float, m_2: float, s_2: float) -> float:
        return math.log(s_2 / s_1) + (s_1**2 + (m_1 - m_2) ** 2) / (2 * s_2**2) - 0.5

    for m_1, s_1, m_2, s_2 in ((0.0, 1.0, 0.0, 3.0), (0.0, 3.0, 0.0, 1.0), (1.0, 2.0, -1.0, 2.5)):
        assert formula(m_1, s_1, m_2, s_2) == pytest.approx(float(kl_divergence(Normal(m_1, s_1), Normal(m_2, s_2))), abs=1e-5)
    assert formula(0, 1, 0, 3) == pytest.approx(0.65, abs=0.005) and formula(0, 3, 0, 1) == pytest.approx(2.90, abs=0.005)


def test_two_points_apart() -> None:
    p, q = torch.tensor([1.0, 0.0], dtype=torch.float64), torch.tensor([0.0, 1.0], dtype=torch.float64)
    assert stats.entropy(p, q) == math.inf and 0.5 * (kl(p, (p + q) / 2) + kl(q, (p + q) / 2)) == pytest.approx(math.log(2))
    assert stats.wasserstein_distance([0.0], [1.7]) == pytest.approx(1.7)
    assert float(kl_divergence(Normal(0.0, 0.5), Normal(1.7, 0.5))) == pytest.approx(1.7**2 / (2 * 0.5**2))


def test_moments_of_two_bumps() -> None:
    x = torch.linspace(-12, 12, 24_001, dtype=torch.float64)
    p = 0.6 * Normal(-2.0, 0.6).log_prob(x).exp() + 0.4 * Normal(2.0, 0.6).log_prob(x).exp()
    means, stds = torch.linspace(-1, 0.2, 25, dtype=torch.float64), torch.linspace(1.8, 2.3, 51, dtype=torch.float64)
    loss = torch.stack([torch.stack([-torch.trapezoid(p * Normal(m, s).log_prob(x), x) for s in stds]) for m in means])
    best = divmod(int(loss.argmin()), len(stds))
    assert means[best[0]].item() == pytest.approx(-0.4) and stds[best[1]].item() == pytest.approx(math.sqrt(4.2), abs=0.006)
    assert stds[best[1]].item() ** 2 == pytest.approx(0.36 + 3.84, abs=0.02) and math.sqrt(4.2) == pytest.approx(2.05, abs=0.005)


def test_depth_of_the_reverse_valleys() -> None:
    x = torch.linspace(-8, 8, 16_001, dtype=torch.float64)
    log_p = torch.logaddexp(math.log(0.6) + Normal(-2.0, 0.6).log_prob(x), math.log(0.4) + Normal(2.0, 0.6).log_prob(x))
    for mean, depth in ((-2.0, 0.51), (2.0, 0.92)):
        log_q = Normal(mean, 0.6).log_prob(x)
        assert torch.trapezoid(log_q.exp() * (log_q - log_p), x).item() == pytest.approx(depth, abs=0.006)
    assert -math.log(0.6) == pytest.approx(0.51, abs=0.005) and -math.log(0.4) == pytest.approx(0.92, abs=0.005)


# ---- autoencoders, FiLM and skips


def test_denoising_a_gaussian() -> None:
    top, _ = integrate.quad(lambda x: x * stats.norm.pdf(x) * stats.norm.pdf(2 - x), -10, 12)
    mass, _ = integrate.quad(lambda x: stats.norm.pdf(x) * stats.norm.pdf(2 - x), -10, 12)
    square, _ = integrate.quad(lambda x: x * x * stats.norm.pdf(x) * stats.norm.pdf(2 - x), -10, 12)
    assert top / mass == pytest.approx(1) and square / mass - (top / mass) ** 2 == pytest.approx(0.5)


def test_tweedie_for_a_gaussian() -> None:
    sigma = 0.7
    noisy = torch.tensor([-1.0, 0.3, 2.0], dtype=torch.float64, requires_grad=True)
    x = torch.linspace(-12, 12, 24_001, dtype=torch.float64)
    joint = Normal(0.0, 1.0).log_prob(x) + Normal(0.0, sigma).log_prob(noisy[:, None] - x)
    mass = torch.trapezoid(joint.exp(), x, dim=1)
    mean = torch.trapezoid(x * joint.exp(), x, dim=1) / mass
    score = torch.autograd.grad(mass.log().sum(), noisy)[0]
    assert torch.allclose(mean, noisy / (1 + sigma**2)) and torch.allclose(mean - noisy, sigma**2 * score)
    assert torch.allclose(score, -noisy / (1 + sigma**2))


def test_cross_entropy_from_logits() -> None:
    a, x = doubles(40) * 3, torch.rand(40, generator=torch.Generator().manual_seed(1), dtype=torch.float64)
    p = 1 / (1 + torch.exp(-a))
    assert torch.allclose(F.softplus(a) - x * a, -x * p.log() - (1 - x) * (1 - p).log())
    far = torch.tensor(1000.0)
    assert F.softplus(far) - 0 * far == 1000 and (1 - torch.sigmoid(far)).log() == -math.inf
    grid = torch.linspace(-3, 3, 601, dtype=torch.float64)
    grey = F.softplus(grid) - 0.5 * grid
    assert grid[grey.argmin()].item() == pytest.approx(0, abs=1e-9) and grey.min().item() == pytest.approx(math.log(2))
    twice = torch.sigmoid(torch.sigmoid(torch.linspace(-50, 50, 101, dtype=torch.float64)))
    assert twice.min().item() == pytest.approx(0.5) and twice.max().item() == pytest.approx(0.731, abs=5e-4)
    assert -math.log(1 - twice.min()) == pytest.approx(math.log(2))


def test_cross_of_four_points() -> None:
    points = torch.tensor([[3.0, 0.0], [-3.0, 0.0], [0.0, 1.0], [0.0, -1.0]], dtype=torch.float64)
    values = torch.linalg.eigvalsh(points.T @ points / 4)
    assert values.tolist() == pytest.approx([0.5, 4.5])
    kept = points * torch.tensor([1.0, 0.0])
    assert (points - kept).square().mean().item() == pytest.approx(0.25) and kept[2].tolist() == [0, 0]


def test_uncentred_direction() -> None:
    x = doubles(200, 4) * torch.tensor([3.0, 1.0, 1.0, 1.0]) + 1e3 * torch.tensor([0.0, 1.0, 0.0, 0.0])
    first = torch.linalg.svd(x, full_matrices=False)[2][0]
    mean = x.mean(0) / x.mean(0).norm()
    assert abs(first @ mean).item() == pytest.approx(1, abs=1e-5)
    first = torch.linalg.svd(x - x.mean(0), full_matrices=False)[2][0]
    assert abs(first @ mean).item() < 0.3


def test_linear_optimum_is_free_up_to_mixing() -> None:
    x = doubles(100, 5) @ doubles(5, 5, seed=1)
    x = x - x.mean(0)
    basis = torch.linalg.svd(x, full_matrices=False)[2][:2].T
    mix = doubles(2, 2, seed=2)
    first, second = x @ basis @ basis.T, (x @ basis @ mix) @ torch.linalg.inv(mix) @ basis.T
    assert torch.allclose(first, second)
    assert torch.linalg.matrix_rank(doubles(5, 2, seed=3) @ doubles(2, 7, seed=4) @ doubles(7, 5, seed=5)) == 2


def test_projection_error_is_the_tail() -> None:
    x = doubles(60, 5) @ doubles(5, 5, seed=1)
    x = x - x.mean(0)
    covariance = x.T @ x / 60
    values, vectors = torch.linalg.eigh(covariance)
    for seed in range(30):
        basis = torch.linalg.qr(doubles(5, 2, seed=seed))[0] if seed else vectors[:, -2:]
        error = (x - x @ basis @ basis.T).square().sum(1).mean()
        assert torch.isclose(error, covariance.trace() - (basis.T @ covariance @ basis).trace())
        assert error >= values[:3].sum() - 1e-9
    best = vectors[:, -2:]
    assert torch.isclose((x - x @ best @ best.T).square().sum(1).mean(), values[:3].sum())


def test_random_plane_keeps_half() -> None:
    covariance = torch.diag(torch.tensor([4.0, 3.0, 2.0, 1.0], dtype=torch.float64))
    planes = torch.linalg.qr(doubles(20_000, 4, 2))[0]
    kept = torch.einsum("nik,ij,njk->n", planes, covariance, planes) / 10
    assert kept.mean().item() == pytest.approx(0.5, abs=0.005)  # standard error 0.0006
    smallest = torch.linalg.eigvalsh(covariance)[:2].sum() / covariance.trace()
    assert smallest.item() == pytest.approx(0.3)


def test_gains_of_thirty_blocks() -> None:
    without, with_skip = math.prod([0.6] * 30), math.prod([1.01] * 30)
    assert without == pytest.approx(2e-7, rel=0.15) and with_skip == pytest.approx(1.35, abs=0.005)
    weight = doubles(3, 3)
    x = doubles(3, seed=1)
    jacobian = torch.autograd.functional.jacobian(lambda x: x + torch.tanh(weight @ x), x)
    inner = torch.autograd.functional.jacobian(lambda x: torch.tanh(weight @ x), x)
    assert torch.allclose(jacobian, torch.eye(3, dtype=torch.float64) + inner)
