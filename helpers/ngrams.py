"""Counting characters: n-grams with interpolated modified Kneser–Ney smoothing [Chen and Goodman 1999].

An n-gram of characters is one whole number here, its characters being the digits in base V, so that counting is sorting.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

BLOCK = 4096  # contexts whose whole distributions are worked out at a time
FEW = (0.5, 1.0, 1.5)  # discounts where the counts of counts are too few to estimate them, as with single characters


@dataclass(frozen=True)
class Level:
    """The counts of one order k: `grams` (sorted codes of k characters) were counted `counts` times, less `discounts`."""

    grams: np.ndarray  # (G,) int64
    discounted: np.ndarray  # (G,) float64: count - D(count)
    contexts: np.ndarray  # (C,) int64: sorted codes of the k - 1 characters before
    totals: np.ndarray  # (C,) float64: the counts after each context
    left: np.ndarray  # (C,) float64: the sum of its discounts, which the order below hands out

    @classmethod
    def of(cls, grams: np.ndarray, counts: np.ndarray, size: int) -> Level:
        kinds = np.array([0.0, *_discounts(counts)])[np.minimum(counts, 3)]
        contexts, place = np.unique(grams // size, return_inverse=True)
        totals, left = np.bincount(place, counts.astype(float)), np.bincount(place, kinds)
        return cls(grams, counts - kinds, contexts, totals, left)

    def shrink(self, below: np.ndarray, contexts: np.ndarray, grams: np.ndarray) -> np.ndarray:
        """Interpolate: (count - D) / total, plus the part that the discounts left, times `below`, the order below's probabilities."""
        place, known = _find(self.contexts, contexts)
        gram, seen = _find(self.grams, grams)
        total = self.totals[place]
        mixed = (np.where(seen, self.discounted[gram], 0.0) + self.left[place] * below) / total
        return np.where(known, mixed, below)  # nothing is known of a new context: the shorter one decides


class KneserNey:
    """P(character | the `order` - 1 before it), counted on a text. It sums to one after every context.

    characters: all that can occur; None: those of the text.
    """

    def __init__(self, text: str, order: int, characters: str | None = None) -> None:
        self.characters = "".join(sorted(set(text))) if characters is None else characters
        size = len(self.characters)
        if not 1 <= order <= 9 or len(text) < order or size < 2:
            raise ValueError(f"KneserNey: order = {order} on a text of {len(text)} characters, {size} different ones; order 1 to 9 and a longer text")
        self.order, codes = order, self._codes(text)
        grams, counts = np.unique(_windows(codes, order, size), return_counts=True)
        levels = [Level.of(grams, counts, size)]
        for k in range(order - 1, 0, -1):  # below the highest order: in how many different company was it seen?
            longer = np.unique(_windows(codes, k + 1, size))
            grams, counts = np.unique(longer % size**k, return_counts=True)
            levels.append(Level.of(grams, counts, size))
        self.levels = levels[::-1]  # levels[k - 1] is of order k

    def distribution(self, context: str) -> Tensor:
        """The probabilities (V,) of each of `characters` after `context`, of which the last `order` - 1 characters count."""
        return self.distributions(context, [len(context)])[0]

    def distributions(self, text: str, places: list[int]) -> Tensor:
        """The probabilities (N, V), float64, of each of `characters` at each of N places of the text, given what stands before."""
        codes, size = self._codes(text), len(self.characters)
        rows = [self._mix(codes, np.array(places[i : i + BLOCK])[:, None], np.arange(size)) for i in range(0, len(places), BLOCK)]
        return torch.from_numpy(np.concatenate(rows) if rows else np.empty((0, size)))

    def log_probs(self, text: str) -> Tensor:
        """log P, nats, of each character of the text given those before it: (L,) float64."""
        codes = self._codes(text)
        return torch.from_numpy(np.log(self._mix(codes, np.arange(len(codes)), codes)))

    def bits_per_character(self, text: str) -> float:
        """Mean of -log2 P over the text's characters."""
        return -self.log_probs(text).mean().item() / math.log(2)

    def _mix(self, codes: np.ndarray, places: np.ndarray, targets: np.ndarray) -> np.ndarray:
        """P(targets | the codes before `places`), broadcast; order by order, as far as there are characters before."""
        size = len(self.characters)
        places, targets = np.broadcast_arrays(places, targets)
        probability = np.full(places.shape, 1 / size)
        context = np.zeros(places.shape, dtype=np.int64)
        for k, level in enumerate(self.levels, start=1):
            if k > 1:  # one more character before
                context = context + size ** (k - 2) * codes[np.maximum(places - k + 1, 0)] if len(codes) else context
            enough = places >= k - 1
            probability = np.where(enough, level.shrink(probability, context, context * size + targets), probability)
        return probability

    def _codes(self, text: str) -> np.ndarray:
        places = {character: index for index, character in enumerate(self.characters)}
        unknown = sorted(set(text) - set(places))
        if unknown:
            raise ValueError(f"KneserNey: {unknown[0]!r} is not one of its characters; give them all as characters=…")
        return np.array([places[character] for character in text], dtype=np.int64)


def _windows(codes: np.ndarray, k: int, size: int) -> np.ndarray:
    """The code of the k characters from each place on: (L - k + 1,)."""
    return sum(codes[i : len(codes) - k + 1 + i] * size ** (k - 1 - i) for i in range(k))


def _find(sorted_codes: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place of each wanted code, and whether it is there."""
    place = np.minimum(np.searchsorted(sorted_codes, wanted), len(sorted_codes) - 1)
    return place, sorted_codes[place] == wanted


def _discounts(counts: np.ndarray) -> tuple[float, float, float]:
    """D1, D2, D3+ from how many n-grams were counted once, twice, three and four times [Chen and Goodman 1999]."""
    n1, n2, n3, n4 = (int((counts == n).sum()) for n in (1, 2, 3, 4))
    if not (n1 and n2 and n3 and n4):
        return FEW
    y = n1 / (n1 + 2 * n2)
    raw = (1 - 2 * y * n2 / n1, 2 - 3 * y * n3 / n2, 3 - 4 * y * n4 / n3)
    d1, d2, d3 = (min(max(d, 0.0), n) for n, d in enumerate(raw, start=1))
    return d1, d2, d3
