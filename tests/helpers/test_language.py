"""helpers.language: characters there and back, a causal network whose cache changes nothing, and how texts are scored."""

from __future__ import annotations

import math

import pytest
import torch
from torch import Tensor, nn

from helpers.datasets import load_austen
from helpers.language import CHARACTERS, Cache, CharTransformer, bits_per_character, decode, encode, generate, rotary, text_log_probs


def lively(context: int = 12) -> CharTransformer:
    """A small network whose outputs are not all zero."""
    torch.manual_seed(0)
    model = CharTransformer(dim=16, layers=2, heads=2, context=context)
    for p in model.parameters():
        nn.init.normal_(p, std=0.4)
    return model.eval()


def tokens_of(*shape: int) -> Tensor:
    return torch.randint(0, len(CHARACTERS), shape, generator=torch.Generator().manual_seed(1))


def test_the_characters_are_those_of_the_novel() -> None:
    text = load_austen("train") + load_austen("test")
    assert "".join(sorted(set(text))) == CHARACTERS
    assert decode(encode(text[:500])) == text[:500] and encode(CHARACTERS).tolist() == list(range(75))


def test_an_unknown_character_and_a_batch_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="'é' does not occur"):
        encode("née")
    with pytest.raises(ValueError, match="give one text"):
        decode(tokens_of(2, 3))


def test_a_new_network_knows_nothing() -> None:
    assert bits_per_character(CharTransformer(dim=16, layers=1).eval(), load_austen("test")[:200]) == pytest.approx(math.log2(75), abs=1e-5)


def test_no_token_sees_a_later_one() -> None:
    model, tokens = lively(), tokens_of(2, 12)
    changed = tokens.clone()
    changed[:, 7] = (changed[:, 7] + 1) % 75
    difference = (model(tokens) - model(changed)).abs().amax((0, 2))
    assert difference[:7].max() == 0 and difference[7:].min() > 0


def test_rotary_keeps_lengths_and_scores_by_distance_alone() -> None:
    q, k = torch.randn(2, 1, 8, generator=torch.Generator().manual_seed(3))
    scores = torch.stack([(rotary(q, m) * rotary(k, m + 3)).sum() for m in (0, 1, 40)])
    assert torch.allclose(scores, scores[0].expand(3), atol=1e-4)
    assert torch.allclose(rotary(q, 9).norm(), q.norm()) and torch.equal(rotary(q), q)
    assert torch.allclose(rotary(torch.eye(8)[:1], 2)[0, :2], torch.tensor([math.cos(2), math.sin(2)]))


@pytest.mark.parametrize("cuts", [[1] * 12, [5, 7], [4, 1, 6, 1]])
def test_the_cache_changes_nothing_but_the_cost(cuts: list[int]) -> None:
    model, tokens = lively(), tokens_of(3, 12)
    cache, parts = Cache(), []
    for part in tokens.split(cuts, dim=1):
        before = [tuple(x.clone() for x in pair) for pair in cache]
        logits, longer = model.extend(part, cache)
        assert all(torch.equal(x, y) for a, b in zip(before, cache, strict=True) for x, y in zip(a, b, strict=True))
        cache = longer
        parts.append(logits)
    assert torch.allclose(torch.cat(parts, dim=1), model(tokens), atol=1e-5)


def test_generation_is_that_of_full_passes() -> None:
    model, texts = lively(context=10), tokens_of(2, 3)
    got = generate(model, texts, 25, lambda logits: logits.argmax(-1))
    assert got.shape == (2, 28) and torch.equal(got[:, :3], texts)
    start = 0  # where the piece begins that the model has in view
    for n in range(3, 28):
        if n - start > 10:
            start = n - 5
        assert torch.equal(got[:, n], model(got[:, start:n])[:, -1].argmax(-1))


def test_a_text_is_scored_character_by_character_with_half_a_context_at_least() -> None:
    model, text = lively(context=8), load_austen("test")[:43]
    tokens, got = encode(text), text_log_probs(model, text, batch=3)
    assert got.shape == (42,)
    for n in range(1, 43):
        whole = [model(tokens[None, n - seen : n])[0, -1].log_softmax(-1)[tokens[n]].item() for seen in range(min(4, n), min(8, n) + 1)]
        assert min(abs(got[n - 1].item() - x) for x in whole) < 1e-5
    assert text_log_probs(model, text[:5]).shape == (4,)
    assert bits_per_character(model, text) == pytest.approx(-got.mean().item() / math.log(2), rel=1e-5)


def test_what_is_too_long_or_does_not_split_is_refused() -> None:
    with pytest.raises(ValueError, match="13 tokens, but the context is 12"):
        lively()(tokens_of(1, 13))
    with pytest.raises(ValueError, match="does not split"):
        CharTransformer(dim=12, heads=4)
