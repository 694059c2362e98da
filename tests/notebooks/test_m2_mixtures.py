"""Module 2, first part: the numbers and formulas that its texts state, by computation."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch

ROOT = Path(__file__).parents[2]
NOTEBOOK = nbformat.read(ROOT / "source" / "m2_autoregression" / "m2_autoregression.ipynb", as_version=4)
CELLS = {cell.id: cell.source for cell in NOTEBOOK.cells}
NAMES = (
    "m2-setup-imports",
    "m2-setup-device",
    "m2-road-data",
    "m2-D1-code",
    "m2-mdn-class",
    "m2-mdn-truth",
    "m2-E1-code",
    "m2-words-data",
    "m2-words-draw",
    "m2-words-entropy",
    "m2-D2-code",
    "m2-E2-code",
    "m2-vote-data",
)


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """What the setup, solution and given cells of this part define, without training and pictures."""
    names: dict[str, Any] = {}
    for name in NAMES:
        exec(compile(CELLS[name], name, "exec"), names)
    return names


def test_the_truth_of_the_road_is_the_density_of_its_drivers(notebook: dict[str, Any]) -> None:
    x, y = notebook["drives"](100_000, 7)
    mean, variance = notebook["mixture_moments"](*notebook["truth"](x))
    assert torch.allclose(mean, 0.2 * notebook["swerve"](x), atol=1e-5)
    assert torch.allclose(variance, 0.96 * notebook["swerve"](x) ** 2 + 0.01, atol=1e-5)
    assert abs(float(((y - mean) / variance.sqrt()).square().mean()) - 1) < 0.02
    line = torch.linspace(-3, 3, 6001)[:, None]
    for place in (0.0, 2.0, 5.0):
        density = (-notebook["mdn_nll"](line, *notebook["truth"](torch.full_like(line, place)))).exp()
        assert abs(float(density.sum()) * 0.001 - 1) < 1e-4
    assert "0.24" in CELLS["m2-E1-try-text"] and "1.39" in CELLS["m2-E1-try-text"]
    assert round(0.2 * 1.2, 2) == 0.24 and round(0.96 * 1.44 + 0.01, 2) == 1.39


def test_a_gaussian_of_the_right_moments_hits_the_rock_three_times_in_ten(notebook: dict[str, Any]) -> None:
    x, y = notebook["drives"](200_000, 8)
    mean, variance = notebook["mixture_moments"](*notebook["truth"](x))
    beside = (x > 4.5) & (x < 5.5)
    drawn = mean + variance.sqrt() * torch.randn(mean.shape, generator=torch.Generator().manual_seed(1))
    assert abs(float((drawn[beside].abs() < 0.5).float().mean()) - 0.32) < 0.02 and "three times in ten" in CELLS["m2-answer-after"]
    assert not bool((y[beside].abs() < 0.5).any())
    assert bool((mean[beside].abs() < 0.5).all())


def test_the_entropy_of_a_word_is_the_average_loss_of_the_truth(notebook: dict[str, Any]) -> None:
    words, rows = notebook["draw_words"](notebook["chance"], 50_000, 32, 9), notebook["chance"]
    nll = notebook["sequence_nll"](rows.log()[words], words, 0)
    assert abs(float(nll.mean()) - notebook["word_entropy"]) < 6 * float(nll.std()) / math.sqrt(50_000)
    letters = float((words > 2).sum(dim=1).float().mean())
    assert abs(letters - float(notebook["visits"][1:].sum())) < 0.05
    assert torch.allclose(rows.sum(dim=1), torch.ones(8))
    assert round(-math.log(0.4 * 0.6 * 0.4), 2) == 2.34 and "2.34" in CELLS["m2-D2-try-text"]


def test_the_votes_have_the_entropy_of_seven_coins(notebook: dict[str, Any]) -> None:
    votes, every = notebook["votes"], notebook["every"]
    assert votes.shape == (128, 8) and every.shape == (256, 8) and len(every.unique(dim=0)) == 256
    assert round(math.log(128), 3) == 4.852 and "4.852" in CELLS["m2-vote-text"]
    net = notebook["MaskedNet"](notebook["made_masks"](torch.randperm(8), [16, 9]))
    assert abs(float(net.log_prob(every).detach().exp().sum()) - 1) < 1e-5
    leaky = notebook["MaskedNet"]([notebook["made_masks"](torch.arange(8), [16])[0], torch.ones(8, 16)])
    with torch.no_grad():
        leaky.layers[1].weight *= 5
    assert abs(float(leaky.log_prob(every).detach().exp().sum()) - 1) > 1e-3
