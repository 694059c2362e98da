"""The formulas in the second half of staff/oral/m4.yml, each computed in a way that does not use it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy import integrate, optimize, special, stats
from torch import Tensor
from torch.distributions import Categorical, MultivariateNormal, Normal, kl_divergence


def doubles(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def gaussian_kl(mean: float, variance: float, prior_mean: float = 0.0, prior_variance: float = 1.0) -> float:
    """KL of two Gaussians on the line, by the library."""
    return float(kl_divergence(Normal(mean, math.sqrt(variance)), Normal(prior_mean, math.sqrt(prior_variance))))


def kernel(a: Tensor, b: Tensor, width: float = 1.0) -> Tensor:
    return torch.exp(-(a[:, None] - b[None]).square().sum(2) / (2 * width**2))


# ---- unused latents


def test_units_at_rest_and_moving() -> None:
    assert gaussian_kl(3.0, 1.0) == pytest.approx(4.5)
    assert 0.5 * 0.01 == 0.005 == pytest.approx(gaussian_kl(0.1, 1.0))  # a mean that moves by a tenth
    x = np.linspace(-9, 9, 20_001)
    weight = stats.norm.pdf(x)
    cost = 0.5 * ((0.95 * x) ** 2 + 0.1 - 1 - math.log(0.1))
    assert np.trapezoid(weight * cost, x) == pytest.approx(1.15, abs=0.005) and cost[0] == pytest.approx(gaussian_kl(0.95 * x[0], 0.1), abs=1e-4)
    assert np.trapezoid(weight * (0.95 * x) ** 2, x) > 0.01  # the mean moves
    z = np.linspace(-12, 12, 4_001)  # the third unit: mean 0, variance 0.1 or 1.9, each for half of the items
    parts = np.stack([stats.norm.pdf(z, scale=math.sqrt(v)) for v in (0.1, 1.9)])
    assert np.trapezoid((parts * np.log(parts / parts.mean(0))).mean(0), z) > 0.1


def test_mean_before_maximum() -> None:
    kl = torch.tensor([[0.0], [1.6]], dtype=torch.float64, requires_grad=True)
    right, wrong = kl.mean(0).clamp(min=0.5).sum(), kl.clamp(min=0.5).mean(0).sum()
    assert right.item() == pytest.approx(0.8) and wrong.item() == pytest.approx(1.05)
    assert torch.autograd.grad(right, kl)[0].flatten().tolist() == [0.5, 0.5]
    assert torch.autograd.grad(wrong, kl)[0].flatten().tolist() == [0.0, 0.5]
    assert torch.autograd.grad((0.1 * kl).mean(0).clamp(min=0.5).sum(), kl)[0].abs().max() == 0  # below the floor


def test_information_is_at_most_log_n() -> None:
    for scale in (0.1, 1.0, 50.0):
        mean, z = scale * doubles(40, 3), scale * doubles(40, 3) + 0.2 * doubles(40, 3, seed=1)
        log_q = torch.stack([Normal(m, 0.2).log_prob(z).sum(1) for m in mean], dim=1)  # draw n under item m
        told = log_q.diagonal() - torch.logsumexp(log_q, 1) + math.log(40)
        assert told.max() <= math.log(40) + 1e-12
    assert told.mean().item() == pytest.approx(math.log(40))  # items far apart: all there is to know
    assert math.log(447) == pytest.approx(6.10, abs=0.005) and 30 - math.log(1000) == pytest.approx(23.1, abs=0.05)


def test_least_rate_of_a_pair() -> None:
    for rho, wanted in ((0.0, 0.0), (0.9, 1.47)):
        slope = np.linspace(max(rho, 1e-6), 1, 20_001)[1:-1]  # x = w z + independent noise with this covariance, for every first slope
        noise = 1 - slope**2, 1 - (rho / slope) ** 2
        rate = 0.5 * (math.log(1 - rho**2) - np.log(noise[0]) - np.log(noise[1]))
        assert rate.min() == pytest.approx(wanted, abs=0.005) and rate.min() == pytest.approx(0.5 * math.log((1 + rho) / (1 - rho)), abs=1e-5)
    samples = MultivariateNormal(torch.zeros(2), torch.tensor([[1.0, 0.9], [0.9, 1.0]]))
    information = 2 * Normal(0.0, 1.0).entropy() - samples.entropy()
    assert information.item() == pytest.approx(0.83, abs=0.005) and information.item() == pytest.approx(0.5 * math.log(1 / (1 - 0.81)), abs=1e-5)


def test_water_level() -> None:
    def cost(v: np.ndarray, variance: float, noise: float, beta: float) -> float:
        """Distortion + β rate along one axis; encoder slope a, log s, decoder slope b."""
        a, log_s, b = v
        error = variance * (1 - a * b) ** 2 + (b * math.exp(log_s)) ** 2
        rate = 0.5 * (a**2 * variance + math.exp(2 * log_s) - 1 - 2 * log_s)
        return error / (2 * noise) + beta * rate

    for beta, wanted in ((1.0, (1.04, 0.35, 0.0)), (3.0, (0.49, 0.0, 0.0))):
        for variance, nats in zip((4.0, 1.0, 0.25), wanted, strict=True):
            best = optimize.minimize(
                cost, [0.3, -0.1, 0.3], args=(variance, 0.5, beta), method="Nelder-Mead", options={"xatol": 1e-9, "fatol": 1e-12, "maxiter": 4000}
            )
            a, log_s, b = best.x
            rate = 0.5 * (a**2 * variance + math.exp(2 * log_s) - 1 - 2 * log_s)
            assert rate == pytest.approx(nats, abs=0.006)
            assert rate == pytest.approx(max(0.0, 0.5 * math.log(variance / (beta * 0.5))), abs=1e-4)
            if nats and beta == 1:
                assert b**2 == pytest.approx(variance - 0.5, rel=1e-3) and a**2 * variance == pytest.approx(1 - 0.5 / variance, rel=1e-3)

    def likelihood(noise: float) -> float:  # one latent, slopes at their best, axes 4, 1 and 1/4
        return 0.5 * (math.log(4) + 1 + 2 * math.log(noise) + 1.25 / noise)

    assert optimize.minimize_scalar(likelihood, bounds=(0.01, 3), method="bounded").x == pytest.approx(0.625, abs=1e-4)


def test_second_order_around_an_unused_latent() -> None:
    correlation = torch.full((8, 8), 0.5, dtype=torch.float64).fill_diagonal_(1.0)
    assert torch.linalg.eigvalsh(correlation)[-1].item() == pytest.approx(4.5) and 1 + 7 / 2 == 4.5

    def change(v: Tensor, beta: float, c: Tensor = correlation) -> Tensor:
        """Objective for the code a·r + ε and the decoder b z, exactly: E‖r − b z‖² from E r rᵀ = C."""
        a, b = v[:8], v[8:]
        square = c.trace() - 2 * b @ c @ a + b.square().sum() * (a @ c @ a + 1)
        return 0.5 * square + beta * 0.5 * (a @ c @ a)

    zero = torch.zeros(16, dtype=torch.float64)
    for beta, waking in ((1.0, True), (4.4, True), (4.6, False)):
        assert torch.autograd.functional.jacobian(lambda v, beta=beta: change(v, beta), zero).abs().max() < 1e-12
        curvature = torch.autograd.functional.hessian(lambda v, beta=beta: change(v, beta), zero)
        assert bool(torch.linalg.eigvalsh(curvature)[0] < -1e-9) is waking
        b = doubles(8, seed=3)
        at = torch.cat([b / beta, b])
        assert torch.isclose(0.5 * at @ curvature @ at, 0.5 * b @ (torch.eye(8, dtype=torch.float64) - correlation / beta) @ b)
    white = torch.autograd.functional.hessian(lambda v: change(v, 1.0, torch.eye(8, dtype=torch.float64)), zero)
    assert torch.linalg.eigvalsh(white)[0] > -1e-12


def test_rate_splits_into_information_and_mismatch() -> None:
    z = np.linspace(-14, 14, 60_001)
    items = [stats.norm(m, s).pdf(z) for m, s in ((-1.5, 0.4), (0.2, 0.8), (2.5, 0.6))]
    prior, crowd = stats.norm.pdf(z), np.mean(items, axis=0)

    def divergence(p: np.ndarray, q: np.ndarray) -> float:
        return float(np.trapezoid(special.xlogy(p, p) - special.xlogy(p, q), z))

    rate = np.mean([divergence(p, prior) for p in items])
    information = np.mean([divergence(p, crowd) for p in items])
    assert rate == pytest.approx(information + divergence(crowd, prior), abs=1e-8) and information <= math.log(3)
    for other in (prior, stats.norm(0.4, 1.8).pdf(z)):
        assert np.mean([divergence(p, other) for p in items]) >= information


# ---- bounds and layers


def test_gap_of_many_weights() -> None:
    g = np.random.default_rng(1)
    w = np.exp(0.4 * g.standard_normal((40_000, 100)))
    mean, variance = math.exp(0.08), (math.exp(0.16) - 1) * math.exp(0.16)
    error = w.mean(1) / mean - 1  # has mean 0; taken off, so that its noise does not hide the gap
    gap = (error - np.log1p(error)).mean()
    assert gap == pytest.approx(variance / (2 * 100 * mean**2), rel=0.15)
    same = torch.full((7, 1), -3.2, dtype=torch.float64)  # the true posterior: every weight is p(x)
    assert (torch.logsumexp(same, 0) - math.log(7)).item() == pytest.approx(-3.2)


def test_signal_to_noise_of_both_gradients() -> None:
    def ratios(count: int) -> list[float]:
        theta, phi = (torch.full((40_000,), v, dtype=torch.float64, requires_grad=True) for v in (0.6, -0.3))
        z = phi + doubles(count, 40_000, seed=count)
        log_w = -0.5 * z**2 - 0.5 * (1 - z - theta) ** 2 + 0.5 * (z - phi) ** 2
        slopes = torch.autograd.grad(torch.logsumexp(log_w, 0).sum(), [theta, phi])
        return [abs(s.mean() / s.std()).item() for s in slopes]

    (decoder_few, encoder_few), (decoder_many, encoder_many) = ratios(4), ratios(64)
    assert decoder_many / decoder_few == pytest.approx(4, rel=0.3) and encoder_few / encoder_many == pytest.approx(4, rel=0.4)


def test_label_is_worth_at_most_log_ten() -> None:
    log_p = 5 * doubles(200, 10)  # log p(x | y), any numbers
    summed = torch.logsumexp(log_p, 1) - math.log(10)
    assert (log_p - summed[:, None]).max() <= math.log(10) + 1e-12 and math.log(10) == pytest.approx(2.30, abs=0.005)
    joint = log_p.exp() / 10
    assert torch.allclose(joint / joint.sum(1, keepdim=True), log_p.softmax(1))
    certain = torch.tensor([[0.0] + [-900.0] * 9], dtype=torch.float64)
    assert (certain[0, 0] - torch.logsumexp(certain, 1) + math.log(10)).item() == pytest.approx(math.log(10))


def test_weights_forgotten() -> None:
    z = torch.linspace(-30, 30, 60_001, dtype=torch.float64)
    means = torch.linspace(-5, 5, 20, dtype=torch.float64)
    each = Normal(means, 0.7).log_prob(z[:, None])
    right = (each + math.log(1 / 20)).logsumexp(1)
    assert torch.trapezoid(right.exp(), z).item() == pytest.approx(1) and torch.trapezoid(each.logsumexp(1).exp(), z).item() == pytest.approx(20)
    assert torch.allclose(each.logsumexp(1) - right, torch.tensor(math.log(20), dtype=torch.float64))
    assert math.log(20) == pytest.approx(3.00, abs=0.005)


def test_two_layers_by_hand() -> None:
    top, below, against_standard = gaussian_kl(1, 1), gaussian_kl(2, 0.25, 2, 1), gaussian_kl(2, 0.25)
    assert top == pytest.approx(0.5) and below == pytest.approx(0.318, abs=5e-4)
    assert top + below == pytest.approx(0.818, abs=5e-4)
    assert against_standard == pytest.approx(2.318, abs=5e-4) and top + against_standard == pytest.approx(2.82, abs=0.005)
    assert below == pytest.approx(0.5 * (0.25 - 1 + math.log(4)))


def test_kl_of_a_chain() -> None:
    rho = 0.8
    top = torch.tensor([1.0, 0.5])  # mean and variance of q(z_2 | x); q(z_1 | z_2, x) = N(0.3 + 0.5 z_2, 0.2)
    mean_q = torch.tensor([0.3 + 0.5 * top[0], top[0]])
    covariance_q = torch.tensor([[0.25 * 0.5 + 0.2, 0.5 * 0.5], [0.5 * 0.5, 0.5]])
    prior = MultivariateNormal(torch.zeros(2), torch.tensor([[1.0, rho], [rho, 1.0]]))
    joint = kl_divergence(MultivariateNormal(mean_q, covariance_q), prior)
    z = torch.linspace(-8, 10, 20_001, dtype=torch.float64)
    weight = Normal(1.0, math.sqrt(0.5)).log_prob(z).exp()
    below = kl_divergence(Normal(0.3 + 0.5 * z, math.sqrt(0.2)), Normal(rho * z, math.sqrt(1 - rho**2)))
    assert joint.item() == pytest.approx(gaussian_kl(1.0, 0.5) + torch.trapezoid(weight * below, z).item(), abs=1e-4)
    assert prior.covariance_matrix[0, 0] == 1 and rho**2 + (1 - rho**2) == pytest.approx(1)


# ---- penalties on the crowd


def test_equal_sets_give_a_negative_estimate() -> None:
    z = torch.tensor([[0.0], [1.0]], dtype=torch.float64)
    k = kernel(z, z)
    within = (k.sum() - 2) / 2  # pairs i ≠ j
    estimate = 2 * within - 2 * k.mean()
    assert estimate.item() == pytest.approx(-0.393, abs=5e-4)
    assert estimate.item() == pytest.approx(2 * math.exp(-0.5) - (1 + math.exp(-0.5)))
    assert (2 * k.mean() - 2 * k.mean()).item() == 0  # all pairs


def test_bias_of_the_diagonal() -> None:
    pairs = doubles(300_000, 2, seed=1) - doubles(300_000, 2, seed=2)
    assert torch.exp(-pairs.square().sum(1) / 2).mean().item() == pytest.approx(1 / 3, abs=0.003)
    n, m = 20, 30
    a, b = doubles(4_000, n, 2), doubles(4_000, m, 2, seed=1)
    aa, bb, ab = (torch.exp(-(u[:, :, None] - v[:, None]).square().sum(3) / 2) for u, v in ((a, a), (b, b), (a, b)))
    across = 2 * ab.mean((1, 2))
    biased = aa.mean((1, 2)) + bb.mean((1, 2)) - across
    unbiased = (aa.sum((1, 2)) - n) / (n * (n - 1)) + (bb.sum((1, 2)) - m) / (m * (m - 1)) - across
    assert (biased.mean() - unbiased.mean()).item() == pytest.approx((1 / n + 1 / m) * (1 - 1 / 3), rel=0.02)
    assert abs(unbiased.mean().item()) < 0.002 and unbiased.min() < 0 <= biased.min()


def test_wide_kernel_compares_means() -> None:
    a, b = 2 * doubles(60, 3), doubles(80, 3, seed=1) + torch.tensor([1.0, -0.5, 0.0], dtype=torch.float64)
    h = 3_000.0
    value = kernel(a, a, h).mean() + kernel(b, b, h).mean() - 2 * kernel(a, b, h).mean()
    assert value.item() * h**2 == pytest.approx((a.mean(0) - b.mean(0)).square().sum().item(), rel=1e-4)
    far = doubles(4_000, 16) - doubles(4_000, 16, seed=1)
    assert far.square().sum(1).mean().sqrt().item() == pytest.approx(math.sqrt(2 * 16), rel=0.01) and 4 < math.sqrt(32) < 6


# ---- symbols


def test_stop_gradients_exchanged() -> None:
    z, e = (torch.tensor(v, dtype=torch.float64, requires_grad=True) for v in (1.0, 0.6))
    right = (z.detach() - e) ** 2 + 0.25 * (z - e.detach()) ** 2
    wrong = (z - e.detach()) ** 2 + 0.25 * (z.detach() - e) ** 2
    assert right.item() == pytest.approx(0.2) and wrong.item() == pytest.approx(0.2)
    assert [g.item() for g in torch.autograd.grad(right, [e, z])] == pytest.approx([-0.8, 0.2])
    assert [g.item() for g in torch.autograd.grad(wrong, [e, z])] == pytest.approx([-0.2, 0.8])


def test_perplexity_of_three_codes() -> None:
    shares = np.array([0.5, 0.25, 0.25] + [0.0] * 61)
    entropy = stats.entropy(shares)
    assert entropy == pytest.approx(1.5 * math.log(2)) and math.exp(entropy) == pytest.approx(2.83, abs=0.005)
    assert math.exp(entropy) == pytest.approx(2 * math.sqrt(2)) and math.exp(stats.entropy(np.ones(64) / 64)) == pytest.approx(64)


def test_moving_average_of_a_code() -> None:
    g = np.random.default_rng(0)
    decay, start, count, total = 0.9, np.array([3.0, -1.0]), 10.0, 10 * np.array([3.0, -1.0])
    mean = np.array([0.5, 2.0])
    for _ in range(7):
        items = g.standard_normal((10, 2))
        items += mean - items.mean(0)
        count, total = decay * count + (1 - decay) * 10, decay * total + (1 - decay) * items.sum(0)
    assert np.allclose(total / count, decay**7 * start + (1 - decay**7) * mean)
    number, running, weights, seen = 0.0, np.zeros(2), [], []
    for step, count in enumerate((3, 0, 1, 5)):  # the counts differ, and begin at 0
        batch = g.standard_normal((count, 2))
        number, running = decay * number + (1 - decay) * count, decay * running + (1 - decay) * batch.sum(0)
        weights, seen = weights + [decay ** (3 - step)] * count, [*seen, *batch]
    assert np.allclose(running / number, np.average(seen, axis=0, weights=weights))
    assert next(t for t in range(1, 2_000) if 0.99**t < 0.01) == 459
    e = torch.tensor([3.0, -1.0], dtype=torch.float64, requires_grad=True)
    slope = torch.autograd.grad((torch.as_tensor(items) - e).square().sum(), e)[0]
    assert np.allclose(slope.numpy(), -2 * 10 * (mean - start)) and np.allclose((e.detach() - slope / 20).numpy(), mean)


def test_straight_through_at_a_border() -> None:
    z, gradients = torch.tensor(0.6, dtype=torch.float64, requires_grad=True), []
    for _ in range(40):
        code = 1.0 if z.item() > 0.5 else 0.0
        through = z + (code - z).detach()
        gradients.append(torch.autograd.grad((through - 0.7) ** 2, z)[0].item())
        z = (z - 0.05 * gradients[-1]).detach().requires_grad_()
    assert gradients[0] == pytest.approx(0.6) and min(gradients) == pytest.approx(-1.4)
    assert abs(z.item() - 0.5) < 0.08 and len(set(np.round(gradients[-10:], 6))) == 2  # to and fro
    assert (1 - 0.7) ** 2 < (0 - 0.7) ** 2


def test_code_length_bound() -> None:
    prior = torch.softmax(doubles(6, 6).flatten(), 0)  # over two symbols of six
    decoder = torch.softmax(3 * doubles(36, 10, seed=1), 1)  # p(x | symbols), ten values of x
    exact = -(prior[:, None] * decoder).sum(0).log()
    kept = decoder.argmax(0)
    length = -prior[kept].log()
    assert (length - decoder[kept, torch.arange(10)].log() >= exact).all()
    uniform, one_hot = Categorical(torch.ones(36) / 36), Categorical(F.one_hot(torch.tensor(5), 36).float())
    assert kl_divergence(one_hot, uniform).item() == pytest.approx(2 * math.log(6), abs=1e-5)


def test_size_of_a_grid_of_symbols() -> None:
    symbols, picture = 32 * 32 * math.log2(8192), 256 * 256 * 3 * 8
    assert symbols == 13_312 and picture == 1_572_864 and picture / symbols == pytest.approx(118, abs=0.5)


def race(log_pi: list[float], sign: int = 1, draws: int = 400_000) -> np.ndarray:
    noise = np.random.default_rng(3).gumbel(size=(draws, len(log_pi)))
    return np.asarray(log_pi) + sign * noise


def test_gumbel_softmax_by_hand() -> None:
    u = torch.tensor([0.5, 0.5], dtype=torch.float64)
    noisy = torch.tensor([0.0, math.log(3)], dtype=torch.float64) - torch.log(-torch.log(u))
    assert torch.allclose(noisy.softmax(0), torch.tensor([0.25, 0.75], dtype=torch.float64))
    assert torch.allclose((noisy / 0.5).softmax(0), torch.tensor([0.1, 0.9], dtype=torch.float64))
    assert max(math.sqrt(10_000 * p * (1 - p)) for p in (0.5, 0.3, 0.15, 0.05)) == 50


def test_wrong_sign_of_the_noise() -> None:
    for pi, wrong_is_seen in (([0.8, 0.2], False), ([0.7, 0.2, 0.1], True)):
        right, wrong = (np.bincount(race(np.log(pi).tolist(), sign).argmax(1)) / 400_000 for sign in (1, -1))
        assert np.abs(right - pi).max() < 0.005
        assert bool(np.abs(wrong - pi).max() > 0.01) is wrong_is_seen


def test_spread_of_a_cold_gradient() -> None:
    logit = math.log(0.3 / 0.7)
    for tau, near in ((0.1, 0.1), (0.02, 0.03)):

        def moment(power: int, tau: float = tau) -> float:  # of d y / d logit for two choices; the difference of two Gumbels is logistic
            def value(v: float) -> float:
                return stats.logistic.pdf(tau * v - logit) * (special.expit(v) * special.expit(-v) / tau) ** power * tau

            return integrate.quad(value, -60, 60, limit=400)[0]

        assert moment(1) == pytest.approx(0.3 * 0.7, rel=near)
        assert moment(2) - moment(1) ** 2 == pytest.approx(0.3 * 0.7 / (6 * tau), rel=0.25 if tau > 0.05 else 0.05)
    u = race([0.0, 0.0], draws=200_000)
    assert np.abs(stats.kstest(u[:, 0] - u[:, 1], "logistic").statistic) < 0.01


def test_gumbel_max_by_integration() -> None:
    pi = np.array([0.6, 0.3, 0.1])
    for k in range(3):
        rest = np.delete(pi, k)

        def density(t: float, k: int = k, rest: np.ndarray = rest) -> float:  # entry k at t, all others below
            return float(stats.gumbel_r.pdf(t, loc=math.log(pi[k])) * np.prod(stats.gumbel_r.cdf(t, loc=np.log(rest))))

        assert integrate.quad(density, -15, 40, limit=400)[0] == pytest.approx(pi[k], abs=1e-8)
    u = np.random.default_rng(0).random(200_000)
    assert stats.kstest(np.exp(-(math.log(0.3) - np.log(-np.log(u)))), "expon", args=(0, 1 / 0.3)).statistic < 0.01


def test_top_two_are_draws_without_replacement() -> None:
    pi = np.array([0.5, 0.3, 0.2])
    order = np.argsort(-race(np.log(pi).tolist()), axis=1)[:, :2]
    for first, second in itertools.permutations(range(3), 2):
        share = ((order[:, 0] == first) & (order[:, 1] == second)).mean()
        assert share == pytest.approx(pi[first] * pi[second] / (1 - pi[first]), abs=0.005)


def test_numbers_of_lattice_codes() -> None:
    levels = [8, 5, 5, 5]
    codes = [counts[::-1] for counts in itertools.product(*(range(size) for size in levels[::-1]))]  # the first number runs fastest
    assert len(codes) == 1_000 and codes.index((1, 1, 1, 1)) == 249
    z = torch.tensor(3.0, dtype=torch.float64, requires_grad=True)
    y = torch.tanh(z)
    slope = torch.autograd.grad(y + (torch.round(2 * y) / 2 - y).detach(), z)[0]
    assert slope.item() == pytest.approx(0.0099, abs=5e-5)
    assert torch.tensor(2.0**24, dtype=torch.float32) + 1 == 2**24


def test_error_of_equal_steps() -> None:
    x = np.linspace(-1, 1, 2_000_001)

    def error(count: int) -> float:
        step = 2 / (count - 1)
        return float(np.mean((x - (np.round((x + 1) / step) * step - 1)) ** 2))

    assert error(5) == pytest.approx(0.0208, abs=5e-5) and error(5) == pytest.approx(0.5**2 / 12, rel=1e-4)
    assert 10 * math.log10(error(100) / error(200)) == pytest.approx(6.02, abs=0.06)


def test_rate_of_a_residual_codec() -> None:
    assert 75 * 8 * math.log2(1024) == 6_000 and 1024**8 == 2**80


def test_gaussian_rate_distortion() -> None:
    assert 20 * math.log10(2) == pytest.approx(6.02, abs=0.005)
    for bits in (0.5, 1.0, 3.0):  # information of a standard normal and an estimate of it with this squared error
        rho = math.sqrt(1 - 2 ** (-2 * bits))
        joint = MultivariateNormal(torch.zeros(2), torch.tensor([[1.0, rho], [rho, 1.0]])).entropy()
        assert float(2 * Normal(0.0, 1.0).entropy() - joint) == pytest.approx(bits * math.log(2), abs=1e-4)
    x = np.sort(np.random.default_rng(0).standard_normal(100_000))
    for bits in (1, 2, 3):  # the best scalar quantiser, by Lloyd's steps, stays above
        codes = np.quantile(x, (np.arange(2**bits) + 0.5) / 2**bits)
        for _ in range(60):
            codes = np.array([part.mean() for part in np.split(x, np.searchsorted(x, (codes[1:] + codes[:-1]) / 2))])
        cells = np.split(x, np.searchsorted(x, (codes[1:] + codes[:-1]) / 2))
        assert sum(((part - code) ** 2).sum() for part, code in zip(cells, codes, strict=True)) / len(x) > 1.2 * 2 ** (-2 * bits)
