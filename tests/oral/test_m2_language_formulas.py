"""The formulas in the second half of staff/oral/m2.yml, each computed in a way that does not use it."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import numpy as np
import pytest
import torch
import torch.nn.functional as F
from scipy import integrate, optimize
from torch import Tensor
from torch.autograd.functional import jacobian

from helpers.nets import TransformerBlock


def doubles(*shape: int, seed: int = 0) -> Tensor:
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


# ---- recurrences


def lstm_with_exchanged_gates(x: Tensor, weight: Tensor, exchanged: bool) -> tuple[Tensor, Tensor]:
    i, f, g, o = (x @ weight.T).chunk(4)
    i, o = (o, i) if exchanged else (i, o)
    c = i.sigmoid() * g.tanh() + f.sigmoid() * 0.3
    return c, o.sigmoid() * c.tanh()


def test_equal_gates_hide_an_exchange() -> None:
    x, block = doubles(3), doubles(2, 3, seed=1)
    equal, different = block.repeat(4, 1), doubles(8, 3, seed=2)
    for weight, same in ((equal, True), (different, False)):
        right, wrong = (torch.cat(lstm_with_exchanged_gates(x, weight, exchanged)) for exchanged in (False, True))
        assert torch.allclose(right, wrong) == same


def test_forget_bias_and_fifty_steps() -> None:
    assert -math.log(1 / 4) == pytest.approx(1.39, abs=0.005)
    for bias, low, high in ((2.0, 0.0015, 0.0025), (0.0, 5e-16, 2e-15)):
        start = torch.ones((), dtype=torch.float64, requires_grad=True)
        cell = start
        for _ in range(50):
            cell = torch.sigmoid(torch.tensor(bias, dtype=torch.float64)) * cell
        (gradient,) = torch.autograd.grad(cell, [start])
        assert low < gradient.item() < high
    f = 0.9  # steps until a share of exp(-1) is left
    assert math.log(math.exp(-1)) / math.log(f) == pytest.approx(1 / (1 - f), rel=0.06)


def test_gradient_bound_and_its_converse() -> None:
    def run(weight: Tensor, start: Tensor, steps: int) -> Tensor:
        h = start
        for step in range(steps):
            h = torch.tanh(weight @ h + doubles(4, seed=step))
        return h

    for seed in range(5):
        weight = doubles(4, 4, seed=seed)
        gamma = torch.linalg.matrix_norm(weight, 2)
        full = jacobian(lambda start, weight=weight: run(weight, start, 7), doubles(4, seed=9))
        assert torch.linalg.matrix_norm(full, 2) <= gamma**7
    saturated = 1.5 * torch.eye(4, dtype=torch.float64)  # gamma above 1, and the gradient vanishes all the same
    assert torch.linalg.matrix_norm(jacobian(lambda start: run(saturated, start, 60), 5 * torch.ones(4, dtype=torch.float64)), 2) < 1e-3
    stretch = torch.tensor([[0.0, 10.0], [0.0, 0.0]])
    assert torch.linalg.eigvals(stretch).abs().max() == 0 and (stretch @ torch.tensor([0.0, 1.0])).norm() == 10


def test_state_space_kernel() -> None:
    a, b, c, u = doubles(3, 3) / 3, doubles(3, seed=1), doubles(3, seed=2), doubles(6, seed=3)
    h, outputs = torch.zeros(3, dtype=torch.float64), []
    for value in u:
        h = a @ h + b * value
        outputs.append(c @ h)
    kernel = [c @ torch.linalg.matrix_power(a, j) @ b for j in range(6)]
    for t in range(6):
        assert torch.isclose(outputs[t], sum(kernel[t - s] * u[s] for s in range(t + 1)))


def test_linear_attention_as_recurrence() -> None:
    q, k, v = F.elu(doubles(6, 4)) + 1, F.elu(doubles(6, 4, seed=1)) + 1, doubles(6, 3, seed=2)
    state, norm = torch.zeros(4, 3, dtype=torch.float64), torch.zeros(4, dtype=torch.float64)
    for t in range(6):
        state, norm = state + torch.outer(k[t], v[t]), norm + k[t]
        weights = q[t] @ k[: t + 1].T
        assert torch.allclose(q[t] @ state / (q[t] @ norm), weights @ v[: t + 1] / weights.sum())
    keys, values = torch.eye(4, dtype=torch.float64), doubles(4, 3, seed=3)  # as many orthogonal keys as features: recalled exactly
    assert torch.allclose(keys @ (keys.T @ values), values)
    crowd, more = F.normalize(doubles(5, 4, seed=4), dim=1), doubles(5, 3, seed=5)
    assert not torch.allclose(crowd @ (crowd.T @ more), more, atol=0.1)


# ---- attention


def test_mask_before_and_after_the_softmax() -> None:
    scores, past = doubles(5, 5), torch.ones(5, 5).tril().bool()

    def before(scores: Tensor) -> Tensor:
        return torch.softmax(scores.masked_fill(~past, -math.inf), 1)

    def after(scores: Tensor) -> Tensor:
        return torch.softmax(scores, 1) * past

    assert torch.allclose(before(scores).sum(1), torch.ones(5, dtype=torch.float64)) and before(scores)[~past].abs().max() == 0
    assert after(scores).sum(1)[:-1].max() < 1
    leaks = [jacobian(rule, scores)[2, 1, 2, 4].item() for rule in (before, after)]  # the future score's effect on a weight of the past
    assert leaks[0] == 0 and leaks[1] != 0
    renormalised = after(scores) / after(scores).sum(1, keepdim=True)
    assert torch.allclose(renormalised, before(scores))


def test_rotary_scores_know_the_distance() -> None:
    def turned(x: Tensor, position: int) -> Tensor:
        out = x.clone()
        for j in range(0, len(x), 2):
            angle = position * 10_000.0 ** (-j / len(x))
            turn = torch.tensor([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], dtype=x.dtype)
            out[j : j + 2] = turn @ x[j : j + 2]
        return out

    q, k = doubles(8), doubles(8, seed=1)
    scores = {(m, n): turned(q, m) @ turned(k, n) for m, n in itertools.product(range(0, 60, 7), repeat=2)}
    for (m, n), score in scores.items():
        assert torch.isclose(score, turned(q, m - n) @ k)
    assert torch.isclose(turned(q, 41).norm(), q.norm())
    values = scores.values()
    assert max(values) - min(values) > 0.1  # they do depend on it


def test_order_without_positions() -> None:
    torch.manual_seed(0)
    first, second = TransformerBlock(8, 2).double(), TransformerBlock(8, 2).double()
    free = TransformerBlock(8, 2, causal=False).double()
    x, order = doubles(1, 5, 8), [2, 0, 1, 3, 4]
    with torch.no_grad():
        assert torch.allclose(free(x)[:, order], free(x[:, order]))
        assert torch.allclose(first(x)[:, -1], first(x[:, order])[:, -1])
        assert not torch.allclose(second(first(x))[:, -1], second(first(x[:, order]))[:, -1], atol=1e-6)


def test_variance_of_scores() -> None:
    for d in (16, 256):
        scores = (doubles(20_000, d) * doubles(20_000, d, seed=1)).sum(1)
        assert scores.var().item() == pytest.approx(d, rel=0.06)


def test_softmax_jacobian() -> None:
    scores = doubles(5)
    a = torch.softmax(scores, 0)
    assert torch.allclose(jacobian(lambda scores: torch.softmax(scores, 0), scores), torch.diag(a) - torch.outer(a, a))
    assert jacobian(lambda scores: torch.softmax(scores, 0), torch.tensor([0.0, 0.0, 80.0])).abs().max() < 1e-30


def test_pairs_with_and_without_cache() -> None:
    T = 60
    with_cache = sum(1 for t in range(1, T + 1) for _ in range(t))
    without = sum(1 for t in range(1, T + 1) for row in range(1, t + 1) for _ in range(row))
    tokens_without = sum(t for t in range(1, T + 1))
    assert with_cache == T * (T + 1) // 2 and without == pytest.approx(T**3 / 6, rel=0.06) and tokens_without == pytest.approx(T**2 / 2, rel=0.03)


def test_memory_of_a_cache() -> None:
    one = torch.zeros(32, 2, 8, 128, dtype=torch.bfloat16)  # layers, key and value, heads, numbers
    size = one.numel() * one.element_size()
    assert size == 131_072 and size * 100_000 / 1e9 == pytest.approx(13, abs=0.2)


# ---- decoding


def test_nucleus_of_six_tokens() -> None:
    p = [0.4, 0.3, 0.15, 0.1, 0.04, 0.01]

    def kept(p: list[float], share: float) -> int:
        return next(n for n in range(1, 7) if sum(p[:n]) >= share)

    roots = [math.sqrt(value) for value in p]
    warm = [root / sum(roots) for root in roots]
    assert kept(p, 0.75) == 3 and sum(p[:2]) == pytest.approx(0.7) and kept(warm, 0.75) == 4
    assert [round(value, 2) for value in warm[:4]] == [0.29, 0.25, 0.18, 0.14]
    assert torch.allclose(torch.softmax(torch.tensor(p).log() / 2, 0), torch.tensor(warm))


def test_typical_coin() -> None:
    entropy = -(0.9 * math.log2(0.9) + 0.1 * math.log2(0.1))
    assert entropy == pytest.approx(0.469, abs=5e-4) and -math.log2(0.9) == pytest.approx(0.152, abs=5e-4)
    assert math.exp(200 * math.log(0.9)) == pytest.approx(7e-10, rel=0.02)
    tosses = np.random.default_rng(0).random((2_000, 200)) < 0.9
    surprise = -np.where(tosses, math.log2(0.9), math.log2(0.1)).mean(1)
    assert surprise.mean() == pytest.approx(entropy, abs=0.01) and surprise.min() > 0.2  # the mode is never near
    assert math.comb(200, 20) * 0.9**180 * 0.1**20 > 0.09


def test_entropy_rises_with_temperature() -> None:
    logits = doubles(7)
    entropies = [torch.distributions.Categorical(logits=logits / t).entropy().item() for t in (0.01, 0.3, 1.0, 3.0, 1_000.0)]
    assert entropies == sorted(entropies) and entropies[0] < 1e-6 and entropies[-1] == pytest.approx(math.log(7), abs=1e-4)


def test_bits_per_character_of_two_tokenisers() -> None:
    one, other = -math.log2(1 / 12) / 4, -math.log2(1 / 20) / 5.5
    assert one == pytest.approx(0.90, abs=0.005) and other == pytest.approx(0.79, abs=0.005)
    letters = math.exp(math.log(12) / 4)  # the same model, counted per letter
    assert letters < 12 and math.log2(letters) == pytest.approx(one)


# ---- words and blanks


def test_skipgram_gradient() -> None:
    u, v, drawn = doubles(3).requires_grad_(), doubles(3, seed=1), doubles(4, 3, seed=2)
    loss = -torch.log(1 / (1 + torch.exp(-(u @ v)))) - torch.log(1 / (1 + torch.exp(drawn @ u))).sum()
    (gradient,) = torch.autograd.grad(loss, [u])
    by_hand = -(1 - torch.sigmoid(u @ v)) * v + (torch.sigmoid(drawn @ u)[:, None] * drawn).sum(0)
    assert torch.allclose(gradient, by_hand)
    far = torch.tensor(100.0)
    assert (1 - torch.sigmoid(far)).log() == -math.inf and F.logsigmoid(-far) == -100


def test_skipgram_optimum_is_mutual_information() -> None:
    joint = torch.softmax(doubles(12), 0).reshape(3, 4)
    word, k = joint.sum(1), 5
    noise = joint.sum(0) ** 0.75 / (joint.sum(0) ** 0.75).sum()
    for w, c in itertools.product(range(3), range(4)):
        true, drawn = joint[w, c].item(), k * (word[w] * noise[c]).item()
        best = optimize.minimize_scalar(lambda s, a=true, b=drawn: a * math.log1p(math.exp(-s)) + b * math.log1p(math.exp(s)), bounds=(-15, 15)).x
        assert best == pytest.approx(math.log(true / (word[w] * noise[c]).item()) - math.log(k), abs=1e-3)


def test_masked_mean_weights() -> None:
    logits, tokens = doubles(2, 10, 6).requires_grad_(), torch.randint(6, (2, 10), generator=torch.Generator().manual_seed(1))
    mask = torch.zeros(2, 10, dtype=torch.bool)
    mask[0, 4] = mask[1, 1] = mask[1, 5] = mask[1, 9] = True
    losses = -logits.log_softmax(2).gather(2, tokens[:, :, None])[:, :, 0]
    (weights,) = torch.autograd.grad(losses[mask].mean(), [losses])
    assert torch.allclose(weights[mask], torch.full((4,), 0.25, dtype=torch.float64)) and weights[~mask].abs().max() == 0
    (by_text,) = torch.autograd.grad(sum(losses[b][mask[b]].mean() for b in range(2)) / 2, [losses])
    assert by_text[0, 4] == 0.5 and by_text[1, 1].item() == pytest.approx(1 / 6)
    (seen,) = torch.autograd.grad(losses[mask].mean(), [logits])
    assert seen[~mask].abs().max() == 0
    uniform = torch.zeros(2, 10, 6).log_softmax(2)[..., 0]
    assert -uniform[mask].mean().item() == pytest.approx(math.log(6))


def test_conditionals_are_no_likelihood() -> None:
    joint = torch.tensor([[0.5, 0.0], [0.0, 0.5]])  # two tokens that are always equal
    first_given_second, second_given_first = joint / joint.sum(0), joint / joint.sum(1, keepdim=True)
    assert first_given_second[0, 0] * second_given_first[0, 0] == 1 and joint[0, 0] == 0.5
    cities = torch.tensor([[0.5, 0.0], [0.0, 0.5]])  # New York and Los Angeles: drawn apart, half of the fillings are neither
    apart = torch.outer(cities.sum(1), cities.sum(0))
    assert apart[cities == 0].sum() == 0.5


# ---- low-rank adapters


def test_lora_gradients_at_the_start() -> None:
    x, target = doubles(9, 5), doubles(9, 4, seed=1)
    for a, b, moves in (
        (doubles(2, 5, seed=2), torch.zeros(4, 2, dtype=torch.float64), (False, True)),
        (torch.zeros(2, 5, dtype=torch.float64), torch.zeros(4, 2, dtype=torch.float64), (False, False)),
    ):
        a, b = a.requires_grad_(), b.requires_grad_()
        gradients = torch.autograd.grad(((x @ (b @ a).T - target) ** 2).sum(), [a, b])
        assert tuple(bool(gradient.abs().max() > 0) for gradient in gradients) == moves


def test_lora_counts_and_rank() -> None:
    trained = torch.zeros(8, 4096).numel() + torch.zeros(4096, 8).numel()
    assert trained == 65_536 and 4096**2 == 16_777_216 and 4096**2 // trained == 256
    weight, change = doubles(6, 6), doubles(6, 2, seed=1) @ doubles(2, 6, seed=2)
    assert torch.linalg.matrix_rank(change) == 2 and torch.linalg.matrix_rank(weight + change) == 6
    x = doubles(3, 6, seed=3)
    assert torch.allclose(x @ (weight + change).T, x @ weight.T + x @ change.T)
    values = torch.linalg.svdvals(weight)
    u, s, v = torch.linalg.svd(weight)
    assert torch.isclose((weight - u[:, :2] * s[:2] @ v[:2]).norm(), values[2:].norm())


# ---- rewards and preferences


def test_dpo_value_gradient_and_shifts() -> None:
    def loss(c: Tensor, r: Tensor, rc: Tensor, rr: Tensor, beta: float) -> Tensor:
        return torch.log1p(torch.exp(-beta * ((c - rc) - (r - rr))))

    c, r = doubles(1).requires_grad_(), doubles(1, seed=1).requires_grad_()
    for beta in (0.1, 2.0):
        assert loss(c, r, c, r, beta).item() == pytest.approx(0.693, abs=5e-4)
        reference = doubles(2, seed=2)
        value = loss(c, r, reference[:1], reference[1:], beta)
        margin = beta * ((c - reference[:1]) - (r - reference[1:]))
        chosen, rejected = torch.autograd.grad(value, [c, r])
        assert torch.allclose(chosen, -beta * torch.sigmoid(-margin)) and torch.allclose(rejected, -chosen)
        assert torch.allclose(loss(c + 3, r + 3, reference[:1], reference[1:], beta), value)
        assert torch.allclose(loss(c, r, reference[:1] - 7, reference[1:] - 7, beta), value)
        assert not torch.allclose(loss(c + 3, r, reference[:1], reference[1:], beta), value)
        assert loss(c - 5, r - 6, reference[:1], reference[1:], beta) < value  # both fall, and the loss falls


def test_ppo_flat_parts() -> None:
    def gradient(ratio: float, advantage: float, minimum: bool = True) -> float:
        rho = torch.tensor(ratio, dtype=torch.float64, requires_grad=True)
        clipped = rho.clamp(0.8, 1.2) * advantage
        return torch.autograd.grad(torch.minimum(rho * advantage, clipped) if minimum else clipped, [rho])[0].item()

    assert [gradient(ratio, 1.0) for ratio in (0.5, 1.0, 1.5)] == [1, 1, 0]
    assert [gradient(ratio, -1.0) for ratio in (0.5, 1.0, 1.5)] == [0, -1, -1]
    assert gradient(1.5, -1.0, minimum=False) == 0
    logp, old = torch.tensor(-1.3, requires_grad=True), torch.tensor(-1.3)
    (plain,) = torch.autograd.grad(-torch.minimum((logp - old).exp() * 2.5, (logp - old).exp().clamp(0.8, 1.2) * 2.5), [logp])
    assert plain.item() == pytest.approx(-2.5)


def test_policy_gradient_of_a_coin() -> None:
    theta = torch.zeros((), dtype=torch.float64, requires_grad=True)
    (exact,) = torch.autograd.grad(torch.sigmoid(theta) * 1.0, [theta])
    slopes = [torch.autograd.grad(F.logsigmoid(sign * theta), [theta])[0].item() for sign in (1, -1)]  # heads, tails
    assert sum(0.5 * slope for slope in slopes) == 0
    for baseline, variance in ((0.0, 1 / 16), (0.5, 0.0)):
        estimates = [(reward - baseline) * slope for reward, slope in zip((1, 0), slopes, strict=True)]
        mean = sum(estimates) / 2
        assert mean == pytest.approx(exact.item()) and exact.item() == 0.25
        assert sum((estimate - mean) ** 2 for estimate in estimates) / 2 == pytest.approx(variance)


def test_leave_one_out_gradient() -> None:
    p, reward, beta = torch.softmax(doubles(3), 0), doubles(3, seed=1), 0.4
    reference = torch.softmax(doubles(3, seed=2), 0)
    logits = p.log().requires_grad_()
    (exact,) = torch.autograd.grad(objective(torch.softmax(logits, 0), reference, reward, beta), [logits])
    slopes = torch.eye(3, dtype=torch.float64) - p  # row y: the derivative of log p(y) by the logits
    worth = reward - beta * (p.log() - reference.log())
    assert torch.allclose((p[:, None] * slopes).sum(0), torch.zeros(3, dtype=torch.float64), atol=1e-12)  # so the penalty as it stands does nothing
    mean_others, mean_all = torch.zeros(2, 3, dtype=torch.float64)
    for pair in itertools.product(range(3), repeat=2):  # all batches of two texts
        chance = p[list(pair)].prod()
        for b in (0, 1):
            own, other = worth[pair[b]], worth[pair[1 - b]]
            mean_others += chance * (own - other) * slopes[pair[b]] / 2
            mean_all += chance * (own - (own + other) / 2) * slopes[pair[b]] / 2
    assert torch.allclose(mean_others, exact) and torch.allclose(mean_all, exact / 2)  # (B - 1) / B for B = 2


def test_best_baseline() -> None:
    p, reward = torch.softmax(doubles(5), 0), doubles(5, seed=1)
    slope = doubles(5, seed=2)
    slope = slope - (p * slope).sum()  # the mean of the derivative of log p is zero

    def variance(baseline: float) -> float:
        estimate = (reward - baseline) * slope
        return float((p * estimate**2).sum() - (p * estimate).sum() ** 2)

    best = optimize.minimize_scalar(variance).x
    assert best == pytest.approx(float((p * reward * slope**2).sum() / (p * slope**2).sum()), abs=1e-5)


def objective(policy: Tensor, reference: Tensor, reward: Tensor, beta: float) -> Tensor:
    return (policy * reward).sum() - beta * (policy * (policy.log() - reference.log())).sum()


def best_policy(answers: int, loss: Callable[[Tensor], Tensor]) -> Tensor:
    """The probabilities whose logits minimise the loss, found numerically."""

    def value_and_slope(numbers: np.ndarray) -> tuple[float, np.ndarray]:
        logits = torch.tensor(numbers, requires_grad=True)
        value = loss(logits)
        return value.item(), torch.autograd.grad(value, [logits])[0].numpy()

    return torch.softmax(torch.from_numpy(optimize.minimize(value_and_slope, np.zeros(answers), jac=True, tol=1e-12).x), 0)


def test_tilted_policy_is_optimal() -> None:
    reference, reward, beta = torch.softmax(doubles(6), 0), doubles(6, seed=1), 0.7
    found = best_policy(6, lambda logits: -objective(torch.softmax(logits, 0), reference, reward, beta))
    tilted = reference * torch.exp(reward / beta)
    total = tilted.sum()
    assert torch.allclose(found, tilted / total, atol=1e-5)
    assert torch.isclose(objective(tilted / total, reference, reward, beta), beta * total.log())
    other = torch.softmax(doubles(6, seed=2), 0)
    gap = (other * (other.log() - (tilted / total).log())).sum()
    assert torch.isclose(objective(other, reference, reward, beta), -beta * gap + beta * total.log())
    cold = torch.softmax(reference.log() + reward / 0.001, 0)
    assert cold.argmax() == reward.argmax() and cold.max() > 0.999
    assert torch.allclose(torch.softmax(reference.log() + reward / 1e6, 0), reference, atol=1e-5)


def test_dpo_recovers_the_tilted_policy() -> None:
    reference, reward, beta = torch.softmax(doubles(4), 0), doubles(4, seed=1), 0.5
    wins = torch.sigmoid(reward[:, None] - reward[None])  # all pairs, as often as Bradley and Terry say

    def loss(logits: Tensor) -> Tensor:
        ratio = torch.log_softmax(logits, 0) - reference.log()
        return -(wins * F.logsigmoid(beta * (ratio[:, None] - ratio[None]))).sum()

    tilted = reference * torch.exp(reward / beta)
    assert torch.allclose(best_policy(4, loss), tilted / tilted.sum(), atol=1e-5)


def test_attainable_reward_is_concave() -> None:
    reference, reward = torch.softmax(doubles(8), 0), doubles(8, seed=1)
    points = []
    for beta in np.geomspace(8, 0.2, 12):
        policy = torch.softmax(reference.log() + reward / beta, 0)
        points.append((float((policy * (policy.log() - reference.log())).sum()), float((policy * reward).sum())))
    slopes = [(r2 - r1) / (k2 - k1) for (k1, r1), (k2, r2) in itertools.pairwise(points)]
    assert all(k2 > k1 and r2 > r1 for (k1, r1), (k2, r2) in itertools.pairwise(points)) and slopes == sorted(slopes, reverse=True)
    for seed in range(2, 40):  # any other policy lies below
        other = torch.softmax(2 * doubles(8, seed=seed), 0)
        leash = float((other * (other.log() - reference.log())).sum())
        gained = float((other * reward).sum())
        assert all(gained <= r + beta * (leash - k) + 1e-9 for (k, r), beta in zip(points, np.geomspace(8, 0.2, 12), strict=True))


def test_divergence_of_the_best_of_n() -> None:
    for n in (2, 7, 100):
        value, _ = integrate.quad(lambda u, n=n: n * u ** (n - 1) * math.log(n * u ** (n - 1)) if u > 0 else 0.0, 0, 1, limit=200)
        assert value == pytest.approx(math.log(n) - (n - 1) / n, abs=1e-6)
    assert math.log(100) - 0.99 == pytest.approx(3.6, abs=0.05)
    best = np.random.default_rng(0).random((20_000, 5)).max(1)
    assert (best**5).mean() == pytest.approx(0.5, abs=0.01)  # its distribution function is u^5


def test_best_of_n_by_tails() -> None:
    draw = np.random.default_rng(1)
    quality = draw.normal(size=(1_000, 1_024))
    for error, falls in ((draw.normal(size=quality.shape), False), (0.5 * draw.standard_t(2, size=quality.shape), True)):
        total = quality + error
        kept = {n: total[:, :n].argmax(1) for n in (8, 1_024)}
        gains = {n: (quality[np.arange(1_000), i].mean(), total[np.arange(1_000), i].mean()) for n, i in kept.items()}
        assert gains[1_024][1] > gains[8][1] and (gains[1_024][0] < gains[8][0]) == falls
        if not falls:
            assert gains[1_024][0] / gains[1_024][1] == pytest.approx(0.5, abs=0.03)


# ---- size, prompts and votes


def test_compute_optimal_exponents() -> None:
    A, B, alpha, beta = 406.4, 410.7, 0.34, 0.28

    def best(compute: float) -> float:
        return float(
            optimize.minimize_scalar(
                lambda n: A * math.exp(-alpha * n) + B * (compute / 6 / math.exp(n)) ** -beta, bounds=(10, 35), options={"xatol": 1e-9}
            ).x
        )

    sizes = [best(10.0**power) for power in (20, 21, 22)]
    slope = (sizes[2] - sizes[0]) / math.log(100)
    assert slope == pytest.approx(beta / (alpha + beta), abs=1e-4) and slope == pytest.approx(0.45, abs=0.005)
    assert 10**slope == pytest.approx(2.8, abs=0.05) and 10 ** (1 - slope) == pytest.approx(3.5, abs=0.06)
    n, data = math.exp(sizes[1]), 1e21 / 6 / math.exp(sizes[1])
    assert alpha * A * n**-alpha == pytest.approx(beta * B * data**-beta, rel=1e-4)
    flat = [A * size**-alpha + B * (1e21 / 6 / size) ** -beta for size in (n, n / 2)]
    assert 0 < flat[1] - flat[0] < 0.02


def test_attention_layer_is_a_gradient_step() -> None:
    x, y, query, eta = doubles(7, 3), doubles(7, seed=1), doubles(3, seed=2), 0.3
    w = torch.zeros(3, dtype=torch.float64, requires_grad=True)
    (gradient,) = torch.autograd.grad(((y - x @ w) ** 2).sum() / (2 * 7), [w])
    attended = eta / 7 * sum(y[i] * (x[i] @ query) for i in range(7))
    assert torch.isclose((w - eta * gradient) @ query, attended)


def test_votes_of_forty() -> None:
    draw = np.random.default_rng(2)
    for shares, low, high in (([0.4] + [0.1] * 6, 0.97, 1.0), ([0.4, 0.6], 0.05, 0.15)):
        votes = draw.multinomial(40, shares, size=20_000) + draw.uniform(0, 0.5, size=(20_000, len(shares)))
        assert low < (votes.argmax(1) == 0).mean() <= high
    assert (draw.random((50_000, 10)).min(1) < 0.4).mean() == pytest.approx(0.994, abs=0.002)
    assert round(1 - 0.6**10, 3) == 0.994
