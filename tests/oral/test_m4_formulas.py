"""The formulas in the first half of staff/oral/m4.yml, each computed in a way that does not use it."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from scipy import integrate, optimize, stats
from torch import Tensor
from torch.distributions import Bernoulli, Independent, MultivariateNormal, Normal, kl_divergence

GRID = torch.linspace(-12, 12, 24_001, dtype=torch.float64)


def doubles(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def number(value: float) -> Tensor:
    return torch.tensor(value, dtype=torch.float64)


def normal(mean: float, var: float) -> Normal:
    return Normal(number(mean), number(var).sqrt())


def area(values: Tensor, x: Tensor = GRID) -> float:
    return float(torch.trapezoid(values, x))


def divergence(log_q: Tensor, log_p: Tensor) -> float:
    """KL between two densities on GRID."""
    return area(log_q.exp() * (log_q - log_p))


def joint_table(*sizes: int, seed: int = 0) -> Tensor:
    """A positive joint distribution with an axis for each variable."""
    return torch.softmax(doubles(*sizes, seed=seed).flatten(), 0).reshape(sizes)


# ---- the divergence of Gaussians


def test_minus_one_outside_the_sum() -> None:
    for d, wrong in ((16, 7.5), (1, 0.0)):
        mean, log_var = doubles(d), doubles(d, seed=1)
        ratio = torch.ones(d, dtype=torch.float64)  # equal Gaussians
        assert float(0.5 * ((ratio - ratio.log()).sum() - 1)) == pytest.approx(wrong)
        q = Normal(mean, torch.exp(log_var / 2))
        assert float(kl_divergence(q, q).sum()) == 0


def test_both_directions_of_a_narrow_gaussian() -> None:
    def both(m: float, v: float) -> tuple[float, float]:
        q, p = normal(m, v).log_prob(GRID), normal(0, 1).log_prob(GRID)
        return divergence(q, p), divergence(p, q)

    forward, backward = both(0, 0.01)
    assert forward == pytest.approx(0.5 * (0.01 - 1 + math.log(100))) and forward == pytest.approx(1.81, abs=0.005)
    assert backward == pytest.approx(0.5 * (100 - 1 - math.log(100))) and backward == pytest.approx(47.2, abs=0.05)
    assert both(1.3, 1.0) == pytest.approx((1.3**2 / 2, 1.3**2 / 2))
    for m, v in itertools.product((0.0, 0.5, 2.0), (0.3, 0.9, 1.2, 2.5)):  # no other pair agrees: the wider one first costs more
        one, other = both(m, v)
        assert (one - other) * (v - 1) > 0
    halved = normal(0, 1e-4), normal(0, 0.25e-4)
    prior = normal(0, 1)
    assert float(kl_divergence(halved[1], prior) - kl_divergence(halved[0], prior)) == pytest.approx(math.log(2), abs=1e-4)


def test_gradient_of_the_rate() -> None:
    mean, log_var = doubles(5).requires_grad_(), doubles(5, seed=1).requires_grad_()
    rate = kl_divergence(Normal(mean, torch.exp(log_var / 2)), Normal(torch.zeros_like(mean), 1.0)).sum()
    by_mean, by_log_var = torch.autograd.grad(rate, (mean, log_var))
    assert torch.allclose(by_mean, mean) and torch.allclose(by_log_var, 0.5 * (log_var.exp() - 1))


def test_log_of_a_tiny_variance() -> None:
    log_var = torch.tensor(-200.0, requires_grad=True)
    by_variance = 0.5 * (log_var.exp() - 1 - log_var.exp().log())
    assert by_variance.item() == math.inf and torch.autograd.grad(by_variance, log_var)[0].isnan()
    assert 0.5 * (log_var.exp() - 1 - log_var).item() == pytest.approx(99.5)
    padded = 0.5 * (log_var.exp() - 1 - (log_var.exp() + 1e-8).log())
    assert padded.item() < 10 and torch.autograd.grad(padded, log_var)[0].item() == 0


# ---- reparameterisation


def test_reparameterised_draw() -> None:
    log_var = number(math.log(4))
    assert torch.exp(log_var / 2).item() == pytest.approx(2) and torch.exp(log_var).item() ** 2 == pytest.approx(16)
    mean, log_var, eps = doubles(6).requires_grad_(), doubles(6, seed=1).requires_grad_(), doubles(6, seed=2)
    z = mean + torch.exp(log_var / 2) * eps
    slope = doubles(6, seed=3)
    by_mean, by_log_var = torch.autograd.grad((slope * z).sum(), (mean, log_var))
    assert torch.allclose(by_mean, slope) and torch.allclose(by_log_var, 0.5 * torch.exp(log_var / 2) * eps * slope)


def test_gradient_variances_over_dimension() -> None:
    moments = {k: float(stats.norm.moment(k)) for k in (2, 4, 6)}
    for d in (1, 2, 3):  # E (ε₁² + … + ε_d²)² ε₁², term by term
        total = 0.0
        for i, j in itertools.product(range(d), repeat=2):
            powers = [2 * (i == k) + 2 * (j == k) + 2 * (k == 0) for k in range(d)]
            total += math.prod(moments[p] for p in powers if p)
        assert total == pytest.approx((d + 2) * (d + 4))
    eps = doubles(200_000, 10)
    for sigma in (0.3, 1.0):
        score = (sigma * eps).square().sum(1) * eps[:, 0] / sigma
        assert score.var().item() == pytest.approx(12 * 14 * sigma**2, rel=0.05)
        assert (2 * sigma * eps[:, 0]).var().item() == pytest.approx(4 * sigma**2, rel=0.02)
    assert 102 * 104 / 4 == 2652


def test_spread_at_mean_one() -> None:
    eps = doubles(20_000, 100)
    f = (1 + 0.5 * eps).square().sum(1)
    assert f.mean().item() == pytest.approx(125, abs=0.5) and 100 * (1 + 0.25) == 125
    plain, centred = f * eps[:, 0] / 0.5, (f - 125) * eps[:, 0] / 0.5
    by_draw = 2 * (1 + 0.5 * eps[:, 0])
    assert plain.std().item() == pytest.approx(252, rel=0.02) and by_draw.std().item() == pytest.approx(1, rel=0.03)
    assert plain.var().item() / by_draw.var().item() == pytest.approx(63_000, rel=0.06)
    assert centred.std().item() == pytest.approx(21, rel=0.05) and centred.var().item() > 420


def test_noise_shared_over_the_batch() -> None:
    eps = doubles(20_000, 16)
    own, shared = eps.mean(1), eps[:, :1].expand(-1, 16).mean(1)  # the mean over 16 items of 1 · ε
    assert shared.var().item() == pytest.approx(1, rel=0.05) and own.var().item() == pytest.approx(1 / 16, rel=0.05)


def test_two_gradients_of_one_expectation() -> None:
    mu, sigma = number(0.4), 0.7

    def value(m: Tensor) -> Tensor:
        return torch.trapezoid(Normal(m, sigma).log_prob(GRID).exp() * torch.sin(GRID) * GRID, GRID)

    truth = (value(mu + 1e-5) - value(mu - 1e-5)) / 2e-5
    density = Normal(mu, sigma).log_prob(GRID).exp()
    score = area(density * torch.sin(GRID) * GRID * (GRID - mu) / sigma**2)
    path = area(density * (torch.cos(GRID) * GRID + torch.sin(GRID)))
    assert score == pytest.approx(float(truth), abs=1e-7) and path == pytest.approx(float(truth), abs=1e-7)
    assert area(density * (GRID - mu) / sigma**2) == pytest.approx(0, abs=1e-9)  # the score has mean 0


def test_step_function_has_no_path_gradient() -> None:
    for mu in (-1.0, 0.0, 0.8):
        slope = (stats.norm.sf(0, mu + 1e-5) - stats.norm.sf(0, mu - 1e-5)) / 2e-5
        assert slope == pytest.approx(math.exp(-(mu**2) / 2) / math.sqrt(2 * math.pi), abs=1e-6)
        by_score = integrate.quad(lambda z, m=mu: stats.norm.pdf(z, m) * (z - m), 0, 20)[0]
        assert by_score == pytest.approx(slope, abs=1e-6)
    mean = number(0.8).requires_grad_()
    assert not (mean + doubles(1000) > 0).double().requires_grad  # autograd has nothing to go along


def test_gradient_variances_over_width() -> None:
    density = normal(0, 1).log_prob(GRID).exp()
    for sigma in (0.1, 0.5, 1.0, 2.0):
        f = (sigma * GRID - 1) ** 2
        for values, said in (
            (2 * (sigma * GRID - 1), 4 * sigma**2),
            (f * GRID / sigma, 15 * sigma**2 + 14 + sigma**-2),
            ((f - 1 - sigma**2) * GRID / sigma, 10 * sigma**2 + 8),
        ):
            mean = area(density * values)
            assert mean == pytest.approx(-2) and area(density * (values - mean) ** 2) == pytest.approx(said)
    assert pytest.approx(2850, abs=5) == (15 * 0.01 + 14 + 100) / (4 * 0.01)


def test_derivatives_in_mean_and_variance() -> None:
    for f in (torch.sin, torch.square, lambda z: z**4):
        mu, var = number(0.6).requires_grad_(), number(0.5).requires_grad_()
        density = torch.exp(-((GRID - mu) ** 2) / (2 * var)) / torch.sqrt(2 * math.pi * var)
        by_mu, by_var = torch.autograd.grad(torch.trapezoid(density * f(GRID), GRID), (mu, var))
        z = GRID.clone().requires_grad_()
        (first,) = torch.autograd.grad(f(z).sum(), z, create_graph=True)
        (second,) = torch.autograd.grad(first.sum(), z)
        weight, eps = density.detach(), (GRID - 0.6) / math.sqrt(0.5)
        assert area(weight * first.detach()) == pytest.approx(by_mu.item())
        assert 0.5 * area(weight * second) == pytest.approx(by_var.item())
        assert area(weight * first.detach() * eps) / (2 * math.sqrt(0.5)) == pytest.approx(by_var.item())
        assert 0.5 * math.sqrt(0.5) * area(weight * first.detach() * eps) == pytest.approx(0.5 * by_var.item())  # d var / d log var = var = ½
    curvature, var = 3.0, number(0.25).requires_grad_()  # distortion ½ · 3 z²: balance at 1/σ² = 1 + 3
    loss = 0.5 * curvature * var + 0.5 * (var - 1 - var.log())
    assert torch.autograd.grad(loss, var)[0].item() == pytest.approx(0)


# ---- the bound


def test_bound_of_a_sum_of_two() -> None:
    z, x = GRID, number(2.0)
    log_joint = normal(0, 1).log_prob(z) + Normal(z, 1.0).log_prob(x)
    log_p = math.log(area(log_joint.exp()))
    assert log_p == pytest.approx(-1 - 0.5 * math.log(4 * math.pi)) and log_p == pytest.approx(-2.27, abs=0.005)
    q = normal(1, 0.5)
    assert torch.allclose(log_joint - log_p, q.log_prob(z))
    rate, fit = float(kl_divergence(q, normal(0, 1))), area(q.log_prob(z).exp() * Normal(z, 1.0).log_prob(x))
    assert rate == pytest.approx(0.60, abs=0.005) and fit == pytest.approx(-1.67, abs=0.005) and fit - rate == pytest.approx(log_p)
    points = Normal(1 + torch.tensor([-1.0, 1.0], dtype=torch.float64) * math.sqrt(0.5), 1.0).log_prob(x)
    assert points.mean().item() == pytest.approx(fit) and points.diff().abs().item() > 1
    loss = float(kl_divergence(normal(1, 1), q))
    assert loss == pytest.approx(0.5 * (2 - 1 - math.log(2))) and loss == pytest.approx(0.15, abs=0.005)


def test_mean_over_pixels_is_a_weight() -> None:
    residual, rate = doubles(784), 3.7
    loss = residual.square().mean() + rate
    assert torch.isclose(loss * 392, 0.5 * residual.square().sum() + 392 * rate)
    shift, rates = doubles(784, seed=1), 9.1  # of another item: bounds differ by the losses, in units of 392
    bound = [Normal(r, math.sqrt(392)).log_prob(torch.zeros(784)).sum() - k for r, k in ((residual, rate), (shift, rates))]
    other = shift.square().mean() + rates
    assert torch.isclose(bound[0] - bound[1], other - loss) and math.sqrt(392) == pytest.approx(19.8, abs=0.05)
    assert 784 * 0.5 * math.log(2 * math.pi) == pytest.approx(720, abs=0.5)


def test_beta_below_one_is_no_bound() -> None:
    q, x = normal(1, 0.5), number(2.0)
    fit, rate = area(q.log_prob(GRID).exp() * Normal(GRID, 1.0).log_prob(x)), float(kl_divergence(q, normal(0, 1)))
    log_p = float(normal(0, 2).log_prob(x))
    assert fit - 0.5 * rate == pytest.approx(-1.97, abs=0.005) and fit > fit - 0.5 * rate > log_p
    for beta, m, v in itertools.product((1.0, 2.0), (-1.0, 1.0, 2.0), (0.1, 0.5, 2.0)):
        q = normal(m, v)
        assert area(q.log_prob(GRID).exp() * Normal(GRID, 1.0).log_prob(x)) - beta * float(kl_divergence(q, normal(0, 1))) <= log_p + 1e-9


def test_best_q_of_a_weighted_bound() -> None:
    x = 2.0
    for beta in (0.2, 1.0, 5.0):

        def loss(parameters: list[float], beta: float = beta) -> float:
            m, v = parameters[0], math.exp(parameters[1])
            return 0.5 * ((x - m) ** 2 + v) + beta * 0.5 * (m**2 + v - 1 - math.log(v))

        best = optimize.minimize(loss, [0.0, 0.0], tol=1e-12).x
        log_q = normal(0, 1).log_prob(GRID) + Normal(GRID, 1.0).log_prob(number(x)) / beta
        log_q = log_q - math.log(area(log_q.exp()))
        assert best[0] == pytest.approx(area(log_q.exp() * GRID), abs=1e-4)
        assert math.exp(best[1]) == pytest.approx(area(log_q.exp() * (GRID - best[0]) ** 2), abs=1e-4)
    assert [1 / (1 + beta) * x for beta in (1e-9, 1e9)] == pytest.approx([2.0, 0.0], abs=1e-6)


def test_bernoulli_at_large_logits() -> None:
    logit, pixels = torch.tensor([100.0, 100.0]), torch.tensor([0.0, 1.0])
    assert torch.allclose(torch.nn.functional.softplus(logit) - pixels * logit, torch.tensor([100.0, 0.0]))
    assert torch.allclose(-Bernoulli(logits=logit).log_prob(pixels), torch.tensor([100.0, 0.0]))
    free = torch.tensor(100.0, requires_grad=True)
    naive = -torch.log(1 - torch.sigmoid(free))
    assert naive.item() == math.inf and not torch.autograd.grad(naive, free)[0].item() > 0.5


def test_cross_entropy_of_grey_is_no_density() -> None:
    for logit in (-3.0, 0.0, 0.7, 4.0):
        total = integrate.quad(lambda x, a=logit: math.exp(x * a - math.log1p(math.exp(a))), 0, 1)[0]
        said = (math.exp(logit) - 1) / (logit * (1 + math.exp(logit))) if logit else 0.5
        assert total == pytest.approx(said) and total < 0.99
    lowest = optimize.minimize_scalar(lambda a: math.log1p(math.exp(a)) - 0.5 * a)
    assert lowest.fun == pytest.approx(math.log(2)) and abs(lowest.x) < 1e-3


def test_identity_of_the_bound() -> None:
    joint = joint_table(3, 5)  # x, z
    evidence, posterior = joint.sum(1), joint / joint.sum(1, keepdim=True)
    q = torch.softmax(doubles(3, 5, seed=1), 1)
    bound = (q * (joint.log() - q.log())).sum(1)
    gap = (q * (q.log() - posterior.log())).sum(1)
    assert torch.allclose(evidence.log(), bound + gap) and gap.min() > 0
    assert torch.allclose((posterior * (joint.log() - posterior.log())).sum(1), evidence.log())
    assert torch.allclose(joint / posterior, evidence[:, None].expand(3, 5))  # the weight is constant


def test_jensen_gap_of_two_weights() -> None:
    w = number(1.0), number(3.0)  # p(x, z) / q(z): with q = ½ each, p(x) = 2 and the posterior is (1/4, 3/4)
    gap = math.log(2) - 0.5 * math.log(3)
    assert float(((w[0] + w[1]) / 2).log() - (w[0].log() + w[1].log()) / 2) == pytest.approx(gap) and gap == pytest.approx(0.144, abs=5e-4)
    assert stats.entropy([0.5, 0.5], [0.25, 0.75]) == pytest.approx(gap)


def test_em_never_lowers_the_likelihood() -> None:
    x = torch.cat([doubles(60) - 2, 0.5 * doubles(40, seed=1) + 1])
    weights, means, stds = torch.tensor([0.5, 0.5]).double(), torch.tensor([-0.1, 0.1]).double(), torch.ones(2).double()
    history = []
    for _ in range(20):
        terms = weights.log() + Normal(means, stds).log_prob(x[:, None])
        history.append(torch.logsumexp(terms, 1).mean())
        r = torch.softmax(terms, 1)
        weights, means = r.mean(0), (r * x[:, None]).sum(0) / r.sum(0)
        stds = ((r * (x[:, None] - means) ** 2).sum(0) / r.sum(0)).sqrt()
    assert torch.stack(history).diff().min() > -1e-12 and history[-1] - history[0] > 0.3


def test_fisher_identity() -> None:
    theta = number(0.7).requires_grad_()
    x = number(1.3)
    log_joint = normal(0, 1).log_prob(GRID) + Normal(torch.sin(theta * GRID), 0.5).log_prob(x)
    log_p = torch.trapezoid(log_joint.exp(), GRID).log()
    (slope,) = torch.autograd.grad(log_p, theta, retain_graph=True)
    posterior = (log_joint - log_p).exp().detach()
    (average,) = torch.autograd.grad(torch.trapezoid(posterior * log_joint, GRID), theta)
    assert torch.isclose(slope, average)


# ---- probabilistic PCA


def test_posterior_of_probabilistic_pca() -> None:
    w, b, var, x = doubles(5, 2), doubles(5, seed=1), 0.3, doubles(5, seed=2)
    m = w.T @ w + var * torch.eye(2, dtype=torch.float64)
    cross = torch.linalg.inv(w @ w.T + var * torch.eye(5, dtype=torch.float64))  # conditioning of the joint Gaussian
    assert torch.allclose(torch.linalg.solve(m, w.T @ (x - b)), w.T @ cross @ (x - b))
    assert torch.allclose(var * torch.linalg.inv(m), torch.eye(2, dtype=torch.float64) - w.T @ cross @ w)
    z = doubles(4, 2, seed=3)
    log_joint = Normal(0.0, 1.0).log_prob(z).sum(1) + Independent(Normal(z @ w.T + b, math.sqrt(var)), 1).log_prob(x)
    log_post = MultivariateNormal(torch.linalg.solve(m, w.T @ (x - b)), var * torch.linalg.inv(m)).log_prob(z)
    log_p = MultivariateNormal(b, w @ w.T + var * torch.eye(5, dtype=torch.float64)).log_prob(x)
    assert torch.allclose(log_joint - log_post, log_p.expand(4), atol=1e-6)


def test_best_diagonal_q() -> None:
    posterior = MultivariateNormal(torch.zeros(2, dtype=torch.float64), torch.tensor([[1.0, 0.9], [0.9, 1.0]], dtype=torch.float64))

    def loss(parameters: list[float]) -> float:
        q = MultivariateNormal(torch.tensor(parameters[:2], dtype=torch.float64), torch.diag(torch.tensor(parameters[2:], dtype=torch.float64).exp()))
        return float(kl_divergence(q, posterior))

    best = optimize.minimize(loss, [0.3, -0.2, 0.0, 0.0])
    assert [math.exp(v) for v in best.x[2:]] == pytest.approx([0.19, 0.19], abs=1e-3)
    assert best.fun == pytest.approx(-0.5 * math.log(0.19)) and best.fun == pytest.approx(0.83, abs=0.005)


def test_rotated_weights_have_a_diagonal_posterior() -> None:
    w = doubles(6, 3)
    _, _, right = torch.linalg.svd(w)
    turned = w @ right.T
    assert torch.allclose(turned @ turned.T, w @ w.T)  # the same likelihood
    gram = turned.T @ turned
    assert torch.allclose(gram, torch.diag(gram.diagonal())) and (w.T @ w - torch.diag((w.T @ w).diagonal())).abs().max() > 0.1


def test_rotated_latents_give_the_same_density() -> None:
    angle = number(0.7)
    turn = torch.stack([torch.stack([angle.cos(), -angle.sin()]), torch.stack([angle.sin(), angle.cos()])])
    side = torch.linspace(-7, 7, 281, dtype=torch.float64)
    z = torch.cartesian_prod(side, side)

    def evidence(codes: Tensor) -> float:  # a decoder without any symmetry, applied to `codes` while z runs over the prior
        mean = torch.sin(2 * codes[:, 0]) + 0.3 * codes[:, 0] * codes[:, 1]
        joint = Normal(0.0, 1.0).log_prob(z).sum(1) + Normal(mean, 0.5).log_prob(number(0.8))
        return float(joint.exp().sum() * 0.05**2)

    assert evidence(z @ turn) == pytest.approx(evidence(z), rel=1e-6)
    assert evidence(z * torch.tensor([2.0, 1.0])) != pytest.approx(evidence(z), rel=1e-3)


# ---- rate, distortion, gaps


def test_rate_distortion_inequalities() -> None:
    for seed in range(20):
        data, q = joint_table(4, seed=seed), torch.softmax(2 * doubles(4, 6, seed=100 + seed), 1)  # p*(x), q(z | x)
        prior, decoder = joint_table(6, seed=200 + seed), torch.softmax(doubles(6, 4, seed=300 + seed), 1)
        joint = data[:, None] * q
        aggregate = joint.sum(0)
        information = float((joint * (q / aggregate).log()).sum())
        rate = float((joint * (q / prior).log()).sum())
        distortion = -float((joint * decoder.T.log()).sum())
        entropy = float(stats.entropy(data))
        assert rate == pytest.approx(information + float(stats.entropy(aggregate, prior)))
        assert entropy - distortion <= information <= rate
        bayes = (joint / aggregate).T  # the best decoder, and the aggregate as prior: both inequalities are equalities
        assert entropy + float((joint * bayes.T.log()).sum()) == pytest.approx(information)


def test_information_of_a_finite_set() -> None:
    codes = torch.eye(1000, dtype=torch.float64)  # item i has code i
    joint = codes / 1000
    assert float((joint[joint > 0] * (codes / joint.sum(0))[joint > 0].log()).sum()) == pytest.approx(math.log(1000))
    assert math.log(1000) == pytest.approx(6.9, abs=0.01)


def test_draws_from_the_prior() -> None:
    for noise, nats, total in ((0.3, 1.25, 25), (0.03, 3.51, 70)):
        var = noise**2 / (1 + noise**2)  # the posterior is N(x / (1 + noise²), var), and E x² = 1 + noise²
        mean_square = 1 / (1 + noise**2)
        average = 0.5 * (mean_square + var - 1 - math.log(var))
        assert average == pytest.approx(0.5 * math.log(1 + 1 / noise**2)) and average == pytest.approx(nats, abs=0.01)
        assert 20 * average == pytest.approx(total, abs=0.5)
    assert math.exp(20 * 0.5 * math.log(1 + 1 / 0.09)) == pytest.approx(7e10, rel=0.1)
    x = math.sqrt(1.09) * doubles(200, 5)
    log_w = Normal(doubles(200, 100, 5, seed=1), 0.3).log_prob(x[:, None]).sum(2)
    estimate = torch.logsumexp(log_w, 1) - math.log(100)
    assert (estimate - Normal(0.0, math.sqrt(1.09)).log_prob(x).sum(1)).mean() < -0.5  # too low


def test_gap_on_one_of_two_bumps() -> None:
    one, other = normal(-4, 0.04).log_prob(GRID), normal(4, 0.04).log_prob(GRID)
    for weight, gap in ((0.5, math.log(2)), (0.9, 0.105), (0.1, 2.303)):
        posterior = torch.logaddexp(math.log(weight) + one, math.log(1 - weight) + other)
        assert divergence(one, posterior) == pytest.approx(gap, abs=1e-3)
        wide = normal(0, 16).log_prob(GRID)
        assert divergence(wide, posterior) > 50
    posterior = torch.logaddexp(math.log(0.5) + one, math.log(0.5) + other)
    mean, var = area(posterior.exp() * GRID), area(posterior.exp() * GRID**2)
    grid = {(m, v): divergence(posterior, normal(m, v).log_prob(GRID)) for m in (-4.0, 0.0, 1.0) for v in (0.04, 4.0, var, 25.0)}
    assert min(grid, key=grid.__getitem__) == (0.0, var) and mean == pytest.approx(0, abs=1e-9)


# ---- importance weights


def test_weights_of_two_items() -> None:
    log_w = torch.tensor([[-100.0, -50.0], [-100.0, -50.0]], dtype=torch.float64)  # (K, B)
    right, mixed = torch.logsumexp(log_w, 0) - math.log(2), torch.logsumexp(log_w, 1) - math.log(2)
    assert right.tolist() == pytest.approx([-100, -50])
    assert mixed.tolist() == pytest.approx([-50.69, -50.69], abs=0.005)
    assert (mixed.sum() - right.sum()).item() == pytest.approx(48.6, abs=0.05)


def test_gap_of_lognormal_weights() -> None:
    log_w = doubles(40_000, 50)  # variance 1: log p = ½
    assert math.log(area(normal(0, 1).log_prob(GRID).exp() * GRID.exp())) == pytest.approx(0.5)
    gap = 0.5 - float((torch.logsumexp(log_w, 1) - math.log(50)).mean())
    assert (math.e - 1) / 100 == pytest.approx(0.017, abs=5e-4) and gap == pytest.approx(0.017, abs=0.004)


def test_importance_weighted_bound_rises() -> None:
    posterior, q = joint_table(4), torch.softmax(doubles(4, seed=1), 0)
    log_w = (0.3 * posterior / q).log()  # p(x) = 0.3
    bounds = []
    for k in (1, 2, 3, 4):
        picks = torch.tensor(list(itertools.product(range(4), repeat=k)))
        bounds.append(float((q[picks].prod(1) * (torch.logsumexp(log_w[picks], 1) - math.log(k))).sum()))  # every draw there is
    assert bounds == sorted(bounds) and bounds[-1] < math.log(0.3) and bounds[3] - bounds[0] > 0.01
    same = float((q * (torch.logsumexp(log_w[:, None].expand(4, 3), 1) - math.log(3))).sum())
    assert same == pytest.approx(bounds[0])  # shared noise
    assert math.log((3 + 1) / 2) < math.log(3)


def test_gradient_is_the_softmax_of_weights() -> None:
    log_w = doubles(5, 3).requires_grad_()
    (slope,) = torch.autograd.grad((torch.logsumexp(log_w, 0) - math.log(5)).sum(), log_w)
    assert torch.allclose(slope, torch.softmax(log_w.detach(), 0))


# ---- latents in space


def combined(a: Tensor, b: Tensor, t: float) -> Tensor:
    omega = torch.arccos((a @ b) / (a.norm() * b.norm()))
    return (torch.sin((1 - t) * omega) * a + torch.sin(t * omega) * b) / torch.sin(omega)


def slerp(a: Tensor, b: Tensor, t: float) -> Tensor:
    return ((1 - t) * a.norm() + t * b.norm()) * combined(a / a.norm(), b / b.norm(), t)


def test_spherical_midpoints() -> None:
    a, b = torch.tensor([2.0, 0.0], dtype=torch.float64), torch.tensor([0.0, 2.0], dtype=torch.float64)
    assert slerp(a, b, 0.5).norm().item() == pytest.approx(2) and ((a + b) / 2).norm().item() == pytest.approx(2 / math.sqrt(2))
    long_a, long_b = 1.5 * a, 2 * b
    assert slerp(long_a, long_b, 0.5).norm().item() == pytest.approx(3.5) and ((long_a + long_b) / 2).norm().item() == pytest.approx(2.5)
    assert combined(long_a, long_b, 0.5).norm().item() == pytest.approx(3.54, abs=0.005)
    c = torch.tensor([-0.5, math.sqrt(0.75)], dtype=torch.float64)  # at 120 degrees
    on_arc, on_chord = slerp(a / 2, c, 0.25), 0.75 * a / 2 + 0.25 * c
    degrees = [math.degrees(math.atan2(float(p[1]), float(p[0]))) for p in (on_arc, on_chord)]
    assert degrees[0] == pytest.approx(30) and degrees[1] == pytest.approx(19.1, abs=0.05)
    near = torch.tensor([2.0, 1e-5], dtype=torch.float64)
    assert torch.allclose(slerp(a, near, 0.3), torch.lerp(a, near, 0.3), atol=1e-8)


def test_norms_of_draws_and_midpoints() -> None:
    for d, length, middle, apart in ((16, 3.9, 2.8, 1.6), (100, 10.0, 7.1, 4.0)):
        norm = stats.chi(d)
        assert norm.mean() == pytest.approx(length, abs=0.05) and norm.std() == pytest.approx(0.7, abs=0.01)
        assert norm.mean() / math.sqrt(2) == pytest.approx(middle, abs=0.05)
        assert (norm.mean() - norm.mean() / math.sqrt(2)) / norm.std() == pytest.approx(apart, abs=0.15)
        assert stats.chi2(d).mean() == d and stats.chi2(d).var() == 2 * d
    a, b = doubles(2, 20_000, 16)
    assert ((a + b) / 2).norm(dim=1).mean().item() == pytest.approx(2.8, abs=0.03)
