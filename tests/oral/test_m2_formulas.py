"""The formulas in the first half of staff/oral/m2.yml, each computed in a way that does not use it."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy import integrate, optimize, special, stats
from torch import Tensor
from torch.distributions import Categorical, Independent, MixtureSameFamily, Normal

CHOICE = stats.entropy([0.6, 0.4])  # 0.673 nats


def doubles(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


def every(bits: int) -> Tensor:
    """All 2^bits binary vectors."""
    return torch.tensor(list(itertools.product((0.0, 1.0), repeat=bits)), dtype=torch.float64)


def joint_table(*sizes: int, seed: int = 0) -> Tensor:
    """A positive joint distribution with an axis for each variable."""
    return torch.softmax(doubles(*sizes, seed=seed).flatten(), 0).reshape(sizes)


def made_masks(degrees: list[list[int]], dims: int, strict: tuple[bool, ...]) -> list[Tensor]:
    """Masks between inputs 1 … dims, hidden layers with these degrees, and outputs; `strict[i]`: > instead of >= in mask i."""
    levels = [list(range(1, dims + 1)), *degrees, list(range(1, dims + 1))]
    return [
        torch.tensor([[float(b > a if hard else b >= a) for a in before] for b in after], dtype=torch.float64)
        for before, after, hard in zip(levels, levels[1:], strict, strict=False)
    ]


def masked_log_prob(x: Tensor, masks: list[Tensor], scale: float = 1.0) -> Tensor:
    """log-probability of binary x (N, D) by a network with random weights under the masks."""
    h = x
    for i, mask in enumerate(masks):
        h = (torch.tanh(h) if i else h) @ (scale * mask * doubles(*mask.shape, seed=i)).T + doubles(len(mask), seed=10 + i)
    return -F.binary_cross_entropy_with_logits(h, x, reduction="none").sum(1)


def reach(masks: list[Tensor]) -> Tensor:
    """Numbers of open paths, outputs × inputs."""
    paths = masks[0]
    for mask in masks[1:]:
        paths = mask @ paths
    return paths


# ---- mixtures


def test_sums_exchanged() -> None:
    y, means = torch.tensor([3.0, 0.0], dtype=torch.float64), torch.tensor([[0.0, 0.0], [3.0, 3.0]], dtype=torch.float64)
    equal = Categorical(torch.ones(2, dtype=torch.float64) / 2)
    right = -MixtureSameFamily(equal, Independent(Normal(means, 1.0), 1)).log_prob(y)
    singles = -sum(float(MixtureSameFamily(equal, Normal(means[:, d], 1.0)).log_prob(y[d])) for d in range(2))
    assert right.item() == pytest.approx(4.5 + math.log(2 * math.pi)) and right.item() == pytest.approx(6.34, abs=0.005)
    assert singles == pytest.approx(3.20, abs=0.005)


def test_twenty_widths_away() -> None:
    y, mean = torch.tensor(20.0), torch.tensor([0.0], requires_grad=True)
    density = torch.exp(-0.5 * (y - mean) ** 2) / math.sqrt(2 * math.pi)
    loss = -torch.log(density.sum())
    assert loss.item() == math.inf and torch.autograd.grad(loss, mean)[0].isnan().all()
    assert -200 - 0.5 * math.log(2 * math.pi) == pytest.approx(-201, abs=0.1)
    density = torch.exp(-0.5 * (y - mean) ** 2) / math.sqrt(2 * math.pi)
    padded = -torch.log(density.sum() + 1e-8)
    assert padded.item() == pytest.approx(18.4, abs=0.05) and torch.autograd.grad(padded, mean)[0].item() == 0
    stable = -Normal(mean, 1.0).log_prob(y)
    assert torch.autograd.grad(stable.sum(), mean)[0].item() == pytest.approx(-20)  # descent moves the mean up, to the datum
    assert torch.exp(torch.tensor(-0.5 * 14.5**2)) == 0 and torch.exp(torch.tensor(-0.5 * 14.3**2)) > 0
    terms = torch.tensor([[-200.0, -200.5], [-0.1, -3.0]])
    assert (terms - terms.max()).exp().sum(1).log()[0].item() == -math.inf and torch.logsumexp(terms, 1).isfinite().all()


def test_gap_of_one_gaussian_on_the_road() -> None:
    a = (1.2 * torch.sin(math.pi * (torch.arange(40, dtype=torch.float64) + 0.5) / 40) ** 2)[:, None]  # along ten metres
    a = torch.cat([a, torch.tensor([[1.2]], dtype=torch.float64)])
    y = torch.linspace(-2.2, 2.2, 8801, dtype=torch.float64)
    p = 0.6 * Normal(a, 0.1).log_prob(y).exp() + 0.4 * Normal(-a, 0.1).log_prob(y).exp()
    entropy = torch.trapezoid(-torch.xlogy(p, p), y)
    mean = torch.trapezoid(p * y, y)
    variance = torch.trapezoid(p * (y - mean[:, None]) ** 2, y)
    gap = -torch.trapezoid(p * Normal(mean[:, None], variance.sqrt()[:, None]).log_prob(y), y) - entropy
    assert gap[-1].item() == pytest.approx(1.80, abs=0.01) and gap[-1].item() == pytest.approx(0.5 * math.log(139.24) - CHOICE, abs=1e-6)
    assert gap[:-1].mean().item() == pytest.approx(0.95, abs=0.01) and variance[-1].item() == pytest.approx(1.3924)
    assert pytest.approx(0.673, abs=5e-4) == CHOICE


def test_variance_beside_the_rock() -> None:
    y = torch.linspace(-3, 3, 60_001, dtype=torch.float64)
    p = 0.6 * Normal(1.2, 0.1).log_prob(y).exp() + 0.4 * Normal(-1.2, 0.1).log_prob(y).exp()
    mean = torch.trapezoid(p * y, y)
    variance = torch.trapezoid(p * (y - mean) ** 2, y)
    assert mean.item() == pytest.approx(0.24) and variance.item() == pytest.approx(1.39, abs=0.005)
    assert pytest.approx(1.38, abs=0.005) == 0.96 * 1.44 and variance.item() == pytest.approx(0.01 + 0.96 * 1.44)
    assert variance.sqrt().item() == pytest.approx(1.18, abs=0.005)
    for offset, low, high in ((1e7, 1e-4, 0.2), (1e9, 1.0, math.inf)):  # the difference of squares cancels
        far = offset + doubles(10)
        exact = doubles(10).var(correction=0).item()
        assert low < abs((far**2).mean().item() - far.mean().item() ** 2 - exact) < high


def test_two_choices_for_two_numbers() -> None:
    apart = sum(p * q for (p, side), (q, other) in itertools.product(((0.6, 1), (0.4, -1)), repeat=2) if side != other)
    assert apart == pytest.approx(0.48)


def test_share_on_the_rock() -> None:
    one = stats.norm(0.24, math.sqrt(1.3924))
    assert one.cdf(0.5) - one.cdf(-0.5) == pytest.approx(0.32, abs=0.005)
    assert stats.norm.cdf(0.5, 1.2, 0.1) < 1e-10


def test_gradients_of_a_mixture() -> None:
    y, logits, means, log_std = doubles(3, seed=1), doubles(4, seed=2), doubles(4, 3, seed=3), doubles(4, 3, seed=4)
    for part in (logits, means, log_std):
        part.requires_grad_()
    mixture = MixtureSameFamily(Categorical(logits=logits), Independent(Normal(means, log_std.exp()), 1))
    got = torch.autograd.grad(-mixture.log_prob(y), (logits, means, log_std))
    weights = torch.softmax(logits, 0)
    r = weights * Normal(means, log_std.exp()).log_prob(y).sum(1).exp()
    r = r / r.sum()
    assert torch.allclose(got[0], weights - r)
    assert torch.allclose(got[1], r[:, None] * (means - y) / log_std.exp() ** 2)
    assert torch.allclose(got[2], r[:, None] * (1 - ((y - means) / log_std.exp()) ** 2))


def test_total_variance() -> None:
    weights, means, stds = torch.softmax(doubles(3), 0), 2 * doubles(3, seed=1), doubles(3, seed=2).exp()
    y = torch.linspace(-60, 60, 240_001, dtype=torch.float64)
    p = (weights * Normal(means, stds).log_prob(y[:, None]).exp()).sum(1)
    mean = torch.trapezoid(p * y, y)
    assert torch.isclose(mean, weights @ means)
    assert torch.isclose(torch.trapezoid(p * (y - mean) ** 2, y), weights @ stds**2 + weights @ (means - mean) ** 2)


def test_best_gaussian_for_two_bumps() -> None:
    y = torch.linspace(-4, 4, 8_001, dtype=torch.float64)
    p = 0.5 * Normal(1.0, 0.1).log_prob(y).exp() + 0.5 * Normal(-1.0, 0.1).log_prob(y).exp()
    stds = torch.linspace(0.9, 1.1, 201, dtype=torch.float64)
    losses = torch.stack([-torch.trapezoid(p * Normal(0.0, s).log_prob(y), y) for s in stds])
    entropy = torch.trapezoid(-torch.xlogy(p, p), y)
    assert stds[losses.argmin()].item() ** 2 == pytest.approx(1.01, abs=0.002)
    assert (losses.min() - entropy).item() == pytest.approx(1.61, abs=0.005)
    assert 0.5 * math.log(101) == pytest.approx(2.31, abs=0.005) and math.log(2) == pytest.approx(0.69, abs=0.005)


def test_collapse_on_a_datum() -> None:
    data = doubles(20).tolist()

    def loss(std: float) -> float:
        mixture = [math.log(0.5 * stats.norm.pdf(y, data[0], std) + 0.5 * stats.norm.pdf(y)) for y in data]
        return -sum(mixture)

    falls = [loss(10.0**-k) - loss(10.0 ** -(k + 1)) for k in range(5, 9)]
    assert falls == pytest.approx([math.log(10)] * 4, abs=1e-3) and math.log(10) == pytest.approx(2.3, abs=0.01)
    single = [-sum(stats.norm.logpdf(y, data[0], 10.0**-k) for y in data[:2]) for k in range(5)]
    assert single[-1] > single[0] and -stats.norm.logpdf(0, 0, 0.01) < 0


def test_total_correlation() -> None:
    p = torch.zeros(2, 2, 2, 2, dtype=torch.float64)
    p[0, 0, 0, 0], p[1, 1, 1, 1] = 0.6, 0.4  # one choice for four numbers
    product = torch.tensor([0.6, 0.4], dtype=torch.float64)
    q = torch.einsum("a,b,c,d->abcd", product, product, product, product)
    kl = (torch.xlogy(p, p) - torch.xlogy(p, q)).sum().item()
    assert kl == pytest.approx(3 * CHOICE) and pytest.approx(4.71, abs=0.005) == 7 * CHOICE
    assert pytest.approx(0.017, abs=5e-4) == 0.6**8 + 0.4**8
    p = joint_table(2, 3, 4, seed=5)
    marginals = [p.sum((1, 2)), p.sum((0, 2)), p.sum((0, 1))]
    kl = (p * (p / torch.einsum("a,b,c->abc", *marginals)).log()).sum().item()
    assert kl == pytest.approx(sum(stats.entropy(m) for m in marginals) - stats.entropy(p.flatten()))


# ---- sequences


def test_cost_of_a_word() -> None:
    assert -math.log(0.4 * 0.6 * 0.3) == pytest.approx(2.63, abs=0.005)
    assert -math.log2(0.4 * 0.6 * 0.3) / 3 == pytest.approx(1.27, abs=0.005)


def test_masking_by_zero() -> None:
    logits = torch.tensor([[0.0, 1.0, -math.inf]], requires_grad=True)
    log_p = torch.log_softmax(logits, 1)[:, 2]
    assert (log_p * 0.0).isnan().all()
    chosen = torch.where(torch.tensor([True]), torch.zeros(1), log_p)
    assert torch.autograd.grad(chosen.sum(), logits)[0].eq(0).all()


def test_mean_of_means() -> None:
    costs = {3: 6.0, 1: 1.0}
    assert sum(costs.values()) / sum(costs) == 1.75 and sum(cost / n for n, cost in costs.items()) / 2 == 1.5


def test_loss_is_entropy_rate_plus_divergence() -> None:
    truth, model = (torch.softmax(doubles(4, 4, seed=seed), 1) for seed in (1, 2))
    often = torch.linalg.matrix_power(truth, 500)[0]
    pairs = often[:, None] * truth  # probability of each pair of neighbours
    loss, entropy = -(pairs * model.log()).sum(), -(pairs * truth.log()).sum()
    divergence = sum(often[i] * stats.entropy(truth[i], model[i]) for i in range(4))
    assert loss.item() == pytest.approx(float(entropy + divergence)) and divergence > 0


# ---- masks and the chain rule


def test_strict_or_not() -> None:
    lower = torch.ones(3, 3, dtype=torch.float64).tril(-1)
    units = [[1, 2, 1, 2]]
    assert torch.equal(reach(made_masks(units, 3, (False, True))) > 0, lower > 0)
    assert reach(made_masks(units, 3, (False, False))).diagonal()[:2].gt(0).all()  # sees itself
    everywhere = reach(made_masks([[1, 2, 1, 2], [1, 2, 1, 2]], 3, (True, True, True)))
    assert everywhere.sum() == 0  # nothing is left of three inputs after two hidden layers
    assert reach(made_masks(units, 3, (True, True)))[1, 0] == 0 and reach(made_masks(units, 3, (True, True)))[2, 1] == 0


def test_normalised_by_enumeration() -> None:
    x = every(8)
    units = [[1 + i % 7 for i in range(21)]]
    good, leaky = (made_masks(units, 8, (False, strict)) for strict in (True, False))
    assert len(x) == 256 and masked_log_prob(x, good).exp().sum().item() == pytest.approx(1)
    assert abs(masked_log_prob(x, leaky, 2.0).exp().sum().item() - 1) > 0.05
    copying = -F.binary_cross_entropy_with_logits(100 * (2 * x - 1), x, reduction="none").sum(1)
    assert copying.exp().sum().item() == pytest.approx(2**8) and copying.abs().max() < 1e-9
    p = joint_table(2, 3, 2)
    for order in itertools.permutations(range(3)):  # exact conditionals multiply to the joint, in every order
        q = p.permute(*order)
        product = q.sum((1, 2))[:, None, None] * (q.sum(2) / q.sum((1, 2))[:, None])[:, :, None] * (q / q.sum(2)[:, :, None])
        assert torch.allclose(product, q)


def best_sigmoid(x: Tensor, bits: Tensor) -> float:
    """Smallest mean loss, in nats, of sigmoid(w x + b) on the bits (N,)."""
    features = np.column_stack([x.numpy(), np.ones(len(x))])
    signs = 1 - 2 * bits.numpy()
    return float(optimize.minimize(lambda w: np.logaddexp(0, signs * (features @ w)).mean(), np.zeros(features.shape[1])).fun)


def test_votes() -> None:
    x = every(8)
    votes = x[(x[:, :7].sum(1) >= 4) == (x[:, 7] == 1)]
    assert len(votes) == 128 and math.log(len(votes)) == pytest.approx(4.852, abs=5e-4)
    steep = 40 * (votes[:, :7].sum(1) - 3.5)  # one sigmoid of a linear function gives the result
    assert F.binary_cross_entropy_with_logits(steep, votes[:, 7]).item() < 1e-6
    late = votes[votes[:, 7] == 1]
    assert late[:, 0].mean().item() == pytest.approx(42 / 64) and pytest.approx(0.656, abs=5e-4) == 42 / 64
    assert late[late[:, :6].sum(1) == 3][:, 6].eq(1).all()
    known = torch.stack([votes[:, 7], votes[:, :6].sum(1)], 1)  # by symmetry the seventh vote depends on the result and the sum of six
    undecided = float((votes[:, :6].sum(1) != 3).double().mean())  # there the seventh vote is a fair coin, elsewhere it is given
    assert best_sigmoid(known, votes[:, 6]) - undecided * math.log(2) > 0.02


def test_a_missing_degree() -> None:
    paths = reach(made_masks([[1, 3, 1, 3]], 4, (False, True)))
    assert paths[2, 0] > 0 and paths[2, 1] == 0 and paths[3, 1] > 0
    assert masked_log_prob(every(4), made_masks([[1, 3, 1, 3]], 4, (False, True))).exp().sum().item() == pytest.approx(1)


def test_paths_through_masks() -> None:
    paths = reach(made_masks([[1, 2, 1, 2]], 3, (False, True)))
    assert paths[2, 0] == 4 and paths[2, 1] == 2 and torch.equal(paths, paths.tril(-1))
    deep = reach(made_masks([[1, 2, 1, 2], [2, 2, 2]], 3, (False, False, True)))
    assert deep[1, 0] == 0 and torch.equal(deep, deep.tril(-1))  # no degree 1 in the second layer: output 2 sees nothing


def test_table_of_bits() -> None:
    for bits in (1, 4, 9):
        assert sum(2**d for d in range(bits)) == 2**bits - 1


def test_chain_rule_of_divergences() -> None:
    p, q = joint_table(2, 3, 4, seed=1), joint_table(2, 3, 4, seed=2)
    whole = stats.entropy(p.flatten(), q.flatten())
    steps = stats.entropy(p.sum((1, 2)), q.sum((1, 2)))
    for a in range(2):
        steps += p[a].sum() * stats.entropy(p[a].sum(1), q[a].sum(1))
        steps += sum(p[a, b].sum() * stats.entropy(p[a, b], q[a, b]) for b in range(3))
    assert float(steps) == pytest.approx(whole) and pytest.approx(7.8, abs=0.05) == 0.01 * 784


def test_pinsker_for_a_chain() -> None:
    for seed in range(50):
        p, q = torch.softmax(doubles(6, seed=seed), 0), torch.softmax(doubles(6, seed=seed + 100), 0)
        assert 0.5 * (p - q).abs().sum().item() <= math.sqrt(stats.entropy(p, q) / 2)
    assert math.sqrt(784 * 0.01 / 2) == pytest.approx(1.98, abs=0.005) and math.sqrt(784 * 0.0001 / 2) == pytest.approx(0.2, abs=0.005)


# ---- images


def test_weights_of_masked_kernels() -> None:
    before = [(row, column) for row in range(3) for column in range(5) if (row, column) < (1, 2)]  # tuples compare in raster order
    assert len(before) == 7 and len([*before, (1, 2)]) == 8


def test_the_blind_wedge() -> None:
    def read(size: int, layers: int, side: int = 21) -> Tensor:
        kernel = torch.ones(size * size, dtype=torch.float64)
        kernel[size * size // 2 + 1 :] = 0
        x = torch.zeros(1, 1, side, side, dtype=torch.float64, requires_grad=True)
        h = x
        for _ in range(layers):
            h = F.conv2d(h, kernel.view(1, 1, size, size), padding=size // 2)
        return torch.autograd.grad(h[0, 0, side // 2, side // 2], x)[0][0, 0] > 0

    for size, slope in ((3, 1), (7, 3)):
        seen = read(size, 12)
        for up in range(5):
            right = [column for column in range(11) if bool(seen[10 - up, 10 + column])]
            assert right == list(range(min(slope * up, 10) + 1))
    assert not bool(read(3, 12)[9, 12])  # two to the right, one up


def test_nats_of_a_digit() -> None:
    assert 64 * math.log(17) == pytest.approx(181, abs=0.5) and 83 / 64 / math.log(2) == pytest.approx(1.87, abs=0.005)


def test_open_ends() -> None:
    x, sigma = torch.arange(256, dtype=torch.float64), special.expit
    plain = torch.sigmoid(x + 0.5) - torch.sigmoid(x - 0.5)
    assert plain.sum().item() == pytest.approx(0.622, abs=5e-4) and float(sigma(-0.5)) == pytest.approx(0.378, abs=5e-4)
    assert plain[1:255].sum().item() + float(sigma(0.5)) + 1 - float(sigma(254.5)) == pytest.approx(1)
    assert stats.logistic(-30, 5).cdf(0.5) == pytest.approx(0.99776, abs=5e-6)
    assert stats.logistic(-30, 5).cdf(1.5) - stats.logistic(-30, 5).cdf(0.5) == pytest.approx(0.0004, abs=1e-5)


def test_bin_as_a_product() -> None:
    for mean, scale, x in ((0.0, 1.0, 3.0), (10.0, 0.3, 9.0), (-4.0, 7.0, 20.0)):
        a, b = (x + 0.5 - mean) / scale, (x - 0.5 - mean) / scale
        mass, _ = integrate.quad(stats.logistic(mean, scale).pdf, x - 0.5, x + 0.5)
        assert special.expit(a) * special.expit(-b) * (1 - math.exp(-1 / scale)) == pytest.approx(mass)
    assert special.expit(100.5) - special.expit(99.5) == 0.0
    tail, _ = integrate.quad(lambda t: math.exp(99.5 - t) / (1 + math.exp(-t)) ** 2, 99.5, 100.5)  # the density, times e^99.5
    assert math.log(tail) - 99.5 == pytest.approx(-99.96, abs=0.005)
    assert -math.expm1(-1e-9) == pytest.approx(1e-9) and abs((1 - math.exp(-1e-17)) - 1e-17) > 1e-18


def test_a_very_wide_logistic() -> None:
    wide = stats.logistic(127.5, 1e5)
    assert wide.cdf(100.5) - wide.cdf(99.5) == pytest.approx(2.5e-6, rel=1e-3)
    assert wide.cdf(0.5) == pytest.approx(0.5, abs=0.001) and wide.sf(254.5) == pytest.approx(0.5, abs=0.001)


def test_price_of_an_unseen_level() -> None:
    for n, price in ((10, 5.58), (1000, 7.14)):
        counts = torch.ones(256, dtype=torch.float64)
        counts[7] += n
        assert -math.log(counts[8] / counts.sum()) == pytest.approx(price, abs=0.005)
    assert math.log(256) == pytest.approx(5.55, abs=0.006)


# ---- sound


def causal(x: Tensor, weight: Tensor, dilation: int) -> Tensor:
    return F.conv1d(F.pad(x, ((weight.shape[-1] - 1) * dilation, 0)), weight, dilation=dilation)


def test_reach_of_dilated_layers() -> None:
    for kernel, dilations in ((2, [1, 2, 4, 8]), (3, [1, 3, 2]), (2, [1] * 10)):
        x = torch.zeros(1, 1, 60, dtype=torch.float64)
        x[..., 20] = 1.0
        for dilation in dilations:
            x = causal(x, torch.ones(1, 1, kernel, dtype=torch.float64), dilation)
        answered = x[0, 0].nonzero().flatten()
        assert len(x[0, 0]) == 60 and answered[0] == 20 and answered[-1] - 20 + 1 == 1 + (kernel - 1) * sum(dilations)
    assert 1 + sum(2**k for k in range(10)) == 1024 == 16_000 * 64 // 1000 and 1 + 10 == 11
    assert 1 + sum(2**k for k in range(14)) == 16_384 and 1 + sum(2**k for k in range(13)) < 16_000 and 1 + 15_999 == 16_000


def test_a_tone_that_fades() -> None:
    amplitude = 1.0
    for _ in range(16_000):
        amplitude *= 0.9997
    assert amplitude == pytest.approx(0.008, abs=5e-4)


def test_two_unrelated_tones() -> None:
    time = torch.arange(8000, dtype=torch.float64) / 8000
    one, other = (torch.sin(2 * math.pi * pitch * time) for pitch in (440, 443))
    assert ((one - other).square().mean() / one.square().mean()).sqrt().item() == pytest.approx(math.sqrt(2), abs=0.01)


def test_entropy_of_rounded_noise() -> None:
    for std, nats in ((2.0, 2.12), (4.0, 2.81)):
        noise, inside = stats.norm(0, std), torch.arange(-40, 41).tolist()
        shifted = []
        for centre in (0.0, 0.17, 0.35, 0.5):  # where the clean tone lies between two levels
            p = [noise.cdf(level + 0.5 - centre) - noise.cdf(level - 0.5 - centre) for level in inside]
            shifted.append(stats.entropy(p))
        assert sum(shifted) / 4 == pytest.approx(nats, abs=0.01)
        assert 0.5 * math.log(2 * math.pi * math.e * (std**2 + 1 / 12)) == pytest.approx(nats, abs=0.005)
    assert pytest.approx(0.69) == 2.81 - 2.12


def test_streaming_with_queues() -> None:
    x, weights, dilations = doubles(1, 1, 40), [doubles(1, 1, 2, seed=k) for k in range(3)], (1, 2, 4)
    whole = x
    for weight, dilation in zip(weights, dilations, strict=True):
        whole = causal(whole, weight, dilation)
    queues, out = [[0.0] * dilation for dilation in dilations], []
    for value in x[0, 0].tolist():
        for queue, weight in zip(queues, weights, strict=True):
            queue.append(value)
            value = float(weight[0, 0, 0]) * queue.pop(0) + float(weight[0, 0, 1]) * value
        out.append(value)
    assert torch.allclose(whole[0, 0], torch.tensor(out, dtype=torch.float64))
    assert sum(len(queue) for queue in queues) == sum(dilations)  # the receptive field less one


def test_time_of_drawing() -> None:
    assert pytest.approx(3.9, abs=0.05) == 784 * 0.005 and 16_000 * 0.005 == 80
