"""Toy densities whose answer is known: exact `log_prob`, `entropy` and `sample`.

A density model's loss (negative log-likelihood, nats) can never be lower on average than the entropy of its data,
so every loss curve on these data has an oracle line, and what is left above the line is the model's own error.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

Values = Tensor | Sequence[float] | Sequence[Sequence[float]]
CHUNK = 4096  # points evaluated at once against their quadrature nodes: 1 to 2 MB an array
NODES = 32  # of one quarter of a circle
DROP = 36.0  # nats below the maximum at which an integrand is cut off: e^-36 = 2e-16
GRID_LIMIT = 4_000_000  # points of an entropy grid; above it the quadrature would take minutes


class Density(ABC):
    """A probability density on R^dim. Points are rows: `(n, dim)`; log densities are in nats."""

    dim: int = 2

    @abstractmethod
    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        """Draw n independent points: (n, dim) of torch's default dtype, on the generator's device (CPU without one)."""

    @abstractmethod
    def log_prob(self, x: Tensor) -> Tensor:
        """log p(x) in nats: (n, dim) -> (n,), of the dtype and on the device of x, differentiable in x."""

    @abstractmethod
    def entropy(self) -> float:
        """-E[log p(x)] in nats: the lowest loss that any model of these data can reach on average."""

    def _check(self, x: Tensor) -> None:
        if x.ndim != 2 or x.shape[1] != self.dim or not x.is_floating_point():
            hint = "; write x[:, None]" if self.dim == 1 and x.ndim == 1 else ""
            raise ValueError(f"{type(self).__name__}.log_prob: x is {tuple(x.shape)} {x.dtype}, expected floats of shape (n, {self.dim}){hint}")


@dataclass(frozen=True)
class Moons(Density):
    """Two interleaved half circles of radius 1 with isotropic Gaussian noise of standard deviation `noise`.

    Centres of the noise, theta uniform on [0, pi]: (cos theta, sin theta) and (1 - cos theta, 1/2 - sin theta).
    `standardised`: coordinates have mean 0 and variance 1 *exactly*, because the density's own moments are used.
    """

    noise: float = 0.05
    standardised: bool = True

    def __post_init__(self) -> None:
        _check_range("Moons", "noise", self.noise, 0.02, 1.0)

    @property
    def mean(self) -> tuple[float, float]:
        """Mean of the raw coordinates."""
        return 0.5, 0.25

    @property
    def std(self) -> tuple[float, float]:
        """Standard deviation of the raw coordinates: E[sin] = 2/pi and E[sin^2] = 1/2 on half a circle."""
        return math.sqrt(0.75 + self.noise**2), math.sqrt(9 / 16 - 1 / math.pi + self.noise**2)

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        upper = _uniform(n, generator) < 0.5
        theta = math.pi * _uniform(n, generator)
        x, y = torch.cos(theta), torch.sin(theta)
        centres = torch.stack([torch.where(upper, x, 1 - x), torch.where(upper, y, 0.5 - y)], dim=1)  # (n, 2)
        return self._standardise(centres + self.noise * _normal((n, 2), generator))

    def log_prob(self, x: Tensor) -> Tensor:
        self._check(x)
        raw, log_scale = (x, 0.0) if not self.standardised else (x * x.new_tensor(self.std) + x.new_tensor(self.mean), math.log(math.prod(self.std)))
        turned = raw.new_tensor([1.0, 0.5]) - raw  # half a turn about (1/2, 1/4) exchanges the two moons
        return torch.logaddexp(self._log_arc(raw), self._log_arc(turned)) - math.log(2) + log_scale

    def entropy(self) -> float:
        margin = 9 * self.noise
        raw = Moons(self.noise, standardised=False)
        value = _grid_entropy(raw.log_prob, [-1 - margin, -0.5 - margin], [2 + margin, 1 + margin], self.noise / 2)
        return value - math.log(math.prod(self.std)) if self.standardised else value

    def _standardise(self, raw: Tensor) -> Tensor:
        return (raw - raw.new_tensor(self.mean)) / raw.new_tensor(self.std) if self.standardised else raw

    def _log_arc(self, x: Tensor) -> Tensor:
        """log of (1/pi) * integral over [0, pi] of N(x; (cos, sin), noise^2 I), by quadrature: (n, 2) -> (n,)."""
        parts = []
        for part in x.split(CHUNK):
            theta, log_weights = (value.to(part) for value in self._nodes(part))
            squared = (part[:, :1] - torch.cos(theta)) ** 2 + (part[:, 1:] - torch.sin(theta)) ** 2  # (n, 2 * NODES)
            parts.append(torch.logsumexp(log_weights - squared / (2 * self.noise**2), dim=1))
        return torch.cat(parts) - math.log(2 * math.pi * self.noise**2)

    @torch.no_grad()
    def _nodes(self, x: Tensor) -> tuple[Tensor, Tensor]:
        """Gauss-Legendre angles and log weights for each point: (n, 2 * NODES) both.

        Each quarter of the circle has its nodes where the integrand, exp(kappa cos(theta - phi)), is within exp(-DROP) of its
        maximum. The limits are constants to autograd, which is right: what lies outside is below every rounding error.
        """
        x = x.detach().cpu().double()  # MPS has no float64
        phi, kappa = torch.atan2(x[:, 1], x[:, 0]), torch.linalg.vector_norm(x, dim=1) / self.noise**2
        nodes, weights = (x.new_tensor(values) for values in np.polynomial.legendre.leggauss(NODES))
        angles, log_weights = [], []
        for centre in (math.pi / 4, 3 * math.pi / 4):
            offset = torch.remainder(phi - centre + math.pi, 2 * math.pi) - math.pi
            nearest = offset.abs().sub(math.pi / 4).clamp(min=0)  # angle from the point to the quarter
            lowest = torch.cos(nearest) - DROP / kappa
            reach = torch.where(lowest > -1, torch.acos(lowest.clamp(min=-1)), 2 * math.pi)
            low, high = (offset - reach).clamp(min=-math.pi / 4), (offset + reach).clamp(max=math.pi / 4)
            angles.append(centre + ((low + high) / 2)[:, None] + ((high - low) / 2)[:, None] * nodes)
            log_weights.append(torch.log((high - low) / (2 * math.pi))[:, None] + torch.log(weights))
        return torch.cat(angles, dim=1), torch.cat(log_weights, dim=1)


@dataclass(frozen=True)
class Rings(Density):
    """Concentric circles about the origin with isotropic Gaussian noise; a circle's share is proportional to its radius.

    One circle of radius r: p(x) = exp(-(|x|^2 + r^2) / (2 s^2)) I_0(|x| r / s^2) / (2 pi s^2), I_0 the modified Bessel function.
    """

    radii: tuple[float, ...] = (1.0, 2.0, 3.0)
    noise: float = 0.1

    def __post_init__(self) -> None:
        object.__setattr__(self, "radii", tuple(float(r) for r in self.radii))
        if not self.radii or min(self.radii) <= 0:
            raise ValueError(f"Rings: radii = {self.radii}, expected one or more positive numbers")
        _check_range("Rings", "noise", self.noise, max(self.radii) / 300, max(self.radii))

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        radii = torch.tensor(self.radii, dtype=torch.float64)
        ring = _categorical(radii / radii.sum(), n, generator)
        theta = 2 * math.pi * _uniform(n, generator)
        radius = radii.to(theta)[ring]
        centres = radius[:, None] * torch.stack([torch.cos(theta), torch.sin(theta)], dim=1)
        return centres + self.noise * _normal((n, 2), generator)

    def log_prob(self, x: Tensor) -> Tensor:
        self._check(x)
        radii, variance = x.new_tensor(self.radii), self.noise**2
        distance = torch.linalg.vector_norm(x, dim=1)[:, None]  # (n, 1); gradient 0 at the origin
        log_bessel = torch.log(torch.special.i0e(distance * radii / variance))  # i0e(z) = exp(-z) I_0(z), no overflow
        log_rings = log_bessel - (distance - radii) ** 2 / (2 * variance) - math.log(2 * math.pi * variance)
        return torch.logsumexp(log_rings + torch.log(radii / radii.sum()), dim=1)

    def entropy(self) -> float:
        edge = max(self.radii) + 9 * self.noise
        return _grid_entropy(self.log_prob, [-edge, -edge], [edge, edge], self.noise / 2)


@dataclass(frozen=True)
class Checkerboard(Density):
    """Uniform on 8 of the 16 squares, 2 by 2 each, of [-4, 4)^2: area 32, entropy log 32; log p = -inf elsewhere.

    A square (i, j), counted from the lower left corner, is filled where i + j is even.
    """

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        column, pair = torch.floor(4 * _uniform(n, generator)), torch.floor(2 * _uniform(n, generator))
        corner = torch.stack([column, 2 * pair + column % 2], dim=1)
        offset = torch.stack([_uniform(n, generator), _uniform(n, generator)], dim=1)
        return 2 * (corner + offset) - 4

    def log_prob(self, x: Tensor) -> Tensor:
        self._check(x)
        square = torch.floor((x.detach() + 4) / 2)
        filled = ((square >= 0) & (square < 4)).all(dim=1) & (square.sum(dim=1) % 2 == 0)
        level = 0 * x.clamp(-4, 4).sum(dim=1)  # flat: the gradient is 0, not missing
        return torch.where(filled, level - math.log(32), level - math.inf)

    def entropy(self) -> float:
        return math.log(32)


class GaussianMixture(Density):
    """sum_k weights_k N(x; means_k, stds_k^2 I).

    means: (K, D), stds: (K,), weights: (K,), equal where none are given; they are divided by their sum. Kept in float64 on the CPU.
    """

    def __init__(self, means: Values, stds: Values, weights: Values | None = None) -> None:
        self.means, self.stds = _constant(means), _constant(stds)
        if self.means.ndim != 2 or len(self.means) == 0:
            raise ValueError(f"GaussianMixture: means are {tuple(self.means.shape)}, expected (K, D); a 1-D mixture has D = 1: [[-1.0], [1.0]]")
        weights = torch.ones_like(self.stds) if weights is None else _constant(weights)
        for name, value in (("stds", self.stds), ("weights", weights)):
            if value.shape != self.means.shape[:1] or not bool((value > 0).all()):
                raise ValueError(f"GaussianMixture: {name} = {value.tolist()}, expected {len(self.means)} positive numbers, one for each mean")
        self.weights = weights / weights.sum()
        self.dim = self.means.shape[1]

    def __repr__(self) -> str:
        return f"GaussianMixture(means={self.means.tolist()}, stds={self.stds.tolist()}, weights={self.weights.tolist()})"

    @classmethod
    def ring(cls, modes: int = 8, radius: float = 2.0, std: float = 0.05) -> GaussianMixture:
        """Equal Gaussians in 2-D at equal angles on a circle: the usual picture of mode collapse."""
        angles = [2 * math.pi * k / modes for k in range(modes)]
        return cls([[radius * math.cos(a), radius * math.sin(a)] for a in angles], [std] * modes)

    def sample(self, n: int, generator: torch.Generator | None = None) -> Tensor:
        component = _categorical(self.weights, n, generator)
        noise = _normal((n, self.dim), generator)
        return self.means.to(noise)[component] + self.stds.to(noise)[component, None] * noise

    def log_prob(self, x: Tensor) -> Tensor:
        self._check(x)
        means, stds, weights = self.means.to(x), self.stds.to(x), self.weights.to(x)
        scaled = (x[:, None, :] - means) / stds[:, None]  # (n, K, D)
        log_components = -0.5 * scaled.square().sum(dim=2) - self.dim * (torch.log(stds) + 0.5 * math.log(2 * math.pi))
        return torch.logsumexp(log_components + torch.log(weights), dim=1)

    def entropy(self) -> float:
        """Closed form for one component; quadrature in one and two dimensions."""
        if len(self.means) == 1:
            return self.dim * math.log(float(self.stds[0]) * math.sqrt(2 * math.pi * math.e))
        if self.dim > 2:
            raise ValueError(f"GaussianMixture.entropy: quadrature is for 1 or 2 dimensions, not {self.dim}; average -log_prob over samples instead")
        reach = 9 * self.stds[:, None]
        low, high = (self.means - reach).amin(dim=0), (self.means + reach).amax(dim=0)
        return _grid_entropy(self.log_prob, low.tolist(), high.tolist(), float(self.stds.min()) / 4)


def _constant(values: Values) -> Tensor:
    return torch.as_tensor(values, dtype=torch.float64).detach().cpu().clone()


def _grid_entropy(log_prob: Callable[[Tensor], Tensor], low: list[float], high: list[float], spacing: float) -> float:
    """-integral of p log p over a box by the trapezoidal rule: exponentially accurate for smooth p that vanishes at the edges."""
    counts = [math.ceil((b - a) / spacing) + 1 for a, b in zip(low, high, strict=True)]
    if math.prod(counts) > GRID_LIMIT:
        raise ValueError(f"entropy: scales lie too far apart for a grid ({math.prod(counts):,} points); average -log_prob over samples instead")
    axes = [torch.linspace(a, b, n, dtype=torch.float64) for a, b, n in zip(low, high, counts, strict=True)]
    cell = math.prod(float(axis[1] - axis[0]) for axis in axes)
    points = torch.cartesian_prod(*axes).reshape(-1, len(axes))
    with torch.no_grad():
        return cell * sum(float((-log_p.exp() * log_p).sum()) for log_p in map(log_prob, points.split(65_536)))


def _check_range(owner: str, name: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ValueError(f"{owner}: {name} = {value}, expected a number from {low:g} to {high:g}")


def _uniform(n: int, generator: torch.Generator | None) -> Tensor:
    return torch.rand(n, generator=generator, device=generator.device if generator else None)


def _normal(shape: tuple[int, ...], generator: torch.Generator | None) -> Tensor:
    return torch.randn(shape, generator=generator, device=generator.device if generator else None)


def _categorical(weights: Tensor, n: int, generator: torch.Generator | None) -> Tensor:
    """n indices drawn with probabilities `weights`, by inverting their cumulative sum."""
    u = _uniform(n, generator)
    return torch.searchsorted(weights.cumsum(0).to(u), u, right=True).clamp(max=len(weights) - 1)
