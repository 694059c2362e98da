"""The embedded character model: trained by its script, the same every time, and as good as its log says."""

from __future__ import annotations

import json

import pytest
import torch

from helpers.datasets import load_austen
from helpers.language import bits_per_character, load_char_log, load_char_model
from staff.data import char_model


def test_training_is_repeatable_and_its_curve_counts_what_was_read() -> None:
    text, test = load_austen("train")[:4_000], load_austen("test")[:600]
    (first, curve), (second, again) = (char_model.train(text, test, steps=3, every=2) for _ in range(2))
    assert curve == again and [point[:2] for point in curve] == [[2, 4096], [3, 6144]]
    assert all(torch.equal(a, b) for a, b in zip(first.state_dict().values(), second.state_dict().values(), strict=True))
    assert curve[-1][3] < curve[0][3] < 6.3


def test_the_log_tells_of_this_recipe() -> None:
    log = load_char_log()
    wanted = {"steps": char_model.STEPS, "batch": char_model.BATCH, "rate": char_model.RATE, "seed": char_model.SEED}
    assert wanted.items() <= log.items(), "the recipe was changed; run: python -m staff.data char_model"
    assert log["curve"][-1][0] == char_model.STEPS and log["test_bits"] <= 1.65
    assert json.dumps(log)


def test_the_embedded_weights_are_as_good_as_the_log_says() -> None:
    model, log = load_char_model(), load_char_log()
    assert not model.training and sum(p.numel() for p in model.parameters()) == 805_632
    look = load_austen("test")[: char_model.LOOK]
    assert bits_per_character(model, look) == pytest.approx(log["curve"][-1][3], abs=0.005)
