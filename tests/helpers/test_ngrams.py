"""helpers.ngrams: Kneser–Ney by hand on a tiny text, and as distributions on the novel."""

from __future__ import annotations

import math
from collections import Counter

import pytest
import torch

from helpers.datasets import load_austen
from helpers.ngrams import KneserNey

TINY = "abracadabra abracadabra a bar a cab a crab"
NOVEL = load_austen("train")[:60_000]


def counts_of(text: str, order: int, highest: int) -> Counter[str]:
    grams = Counter(text[i : i + order] for i in range(len(text) - order + 1))
    if order == highest:
        return grams
    return Counter(gram[1:] for gram in {text[i : i + order + 1] for i in range(len(text) - order)})


def slow(text: str, highest: int, context: str, character: str, characters: str) -> float:
    """Interpolated modified Kneser–Ney with dictionaries, order by order."""
    probability = 1 / len(characters)
    for order in range(1, min(highest, len(context) + 1) + 1):
        counts = counts_of(text, order, highest)
        n = [sum(count == k for count in counts.values()) for k in range(5)]
        discounts = [0.0, 0.5, 1.0, 1.5]
        if all(n[1:]):
            y = n[1] / (n[1] + 2 * n[2])
            discounts = [0.0] + [min(max(k - (k + 1) * y * n[k + 1] / n[k], 0.0), k) for k in (1, 2, 3)]
        history = context[len(context) - order + 1 :]
        after = {gram[-1]: count for gram, count in counts.items() if gram[:-1] == history}
        if after:
            taken = {c: discounts[min(count, 3)] for c, count in after.items()}
            own = after.get(character, 0) - taken.get(character, 0.0)
            probability = (own + sum(taken.values()) * probability) / sum(after.values())
    return probability


@pytest.mark.parametrize("order", [1, 2, 3, 4])
def test_probabilities_are_those_of_the_formula(order: int) -> None:
    model = KneserNey(TINY, order, characters="abcdr ")
    for context in ("", "a", "ab", "dab", "dd", "abracadab"):
        got = model.distribution(context)
        for index, character in enumerate(model.characters):
            assert got[index].item() == pytest.approx(slow(TINY, order, context, character, model.characters), abs=1e-12)


@pytest.mark.parametrize("order", range(1, 7))
def test_they_sum_to_one_after_every_context_and_none_is_zero(order: int) -> None:
    model, test = KneserNey(NOVEL, order), load_austen("test")[:300]
    got = model.distributions(test, list(range(301)))
    assert got.shape == (301, len(model.characters)) and got.min() > 0
    assert torch.allclose(got.sum(1), torch.ones(301, dtype=torch.float64), atol=1e-12)
    codes = [model.characters.index(c) for c in test]
    assert torch.allclose(got[torch.arange(300), codes].log(), model.log_probs(test), atol=1e-12)
    assert model.bits_per_character(test) == pytest.approx(-model.log_probs(test).mean().item() / math.log(2))


def test_longer_contexts_help_until_data_is_short() -> None:
    bits = [KneserNey(NOVEL, order, characters=load_austen_characters()).bits_per_character(load_austen("test")[:5000]) for order in (1, 2, 3, 4)]
    assert bits == sorted(bits, reverse=True) and bits[0] < math.log2(75)


def load_austen_characters() -> str:
    return "".join(sorted(set(load_austen("train") + load_austen("test"))))


def test_a_familiar_character_in_one_company_only_is_not_expected_elsewhere() -> None:
    """Many u's, all after q: after a new context, u is no likelier than its one companion makes it."""
    text = "qu" * 50 + "abcabdacbadcbdabcd"
    model = KneserNey(text, 2)
    after_d = dict(zip(model.characters, model.distribution("d").tolist(), strict=True))
    assert after_d["u"] < after_d["a"]


def test_what_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="order = 0"):
        KneserNey(TINY, 0)
    with pytest.raises(ValueError, match="'é' is not one of its characters"):
        KneserNey(TINY, 2).log_probs("é")
