"""Module 1, first half: the numbers and formulas that its texts state, by computation."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch

ROOT = Path(__file__).parents[2]
NOTEBOOK = nbformat.read(ROOT / "source" / "m1_synthesis" / "m1_synthesis.ipynb", as_version=4)
CELLS = {cell.id: cell.source for cell in NOTEBOOK.cells}
TASKS = ("m1-E1-", "m1-D1-", "m1-E2-", "m1-D2-", "m1-E3-")
GIVEN = ("m1-curves-data", "m1-collapse-data")


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """What the setup, solution and given cells of these tasks define, without training and pictures."""
    names: dict[str, Any] = {}
    for cell in NOTEBOOK.cells:
        solution = cell.cell_type == "code" and cell.id.startswith(TASKS) and cell.metadata["tags"][1:] == [] and "SOLUTION" in cell.source
        if "setup" in cell.metadata.get("tags", []) or solution or cell.id in GIVEN:
            exec(compile(cell.source, cell.id, "exec"), names)
    return names


def test_the_curves_are_the_mean_the_median_and_the_quantile_of_the_deliveries(notebook: dict[str, Any]) -> None:
    x, y = notebook["delivery"](400_000, 5)
    ratio = (y / notebook["middle"](x))[:, 0]
    for loss, name, q in (("squared", "squared", 0.5), ("absolute", "absolute", 0.5), ("pinball", "pinball, q = 0.9", 0.9)):
        best = ratio.mean() if loss == "squared" else ratio.sort().values[int(q * len(ratio))]
        assert math.isclose(float(best), notebook["exact"][name], rel_tol=0.01)


def test_the_oracle_of_the_noise_is_its_entropy() -> None:
    x = torch.linspace(-2, 2, 4001, dtype=torch.float64)
    entropy = 0.5 * math.log(2 * math.pi * math.e) + float((0.1 * torch.exp(0.6 * x)).log().mean())
    assert round(entropy, 3) == -0.884 and "−0.884" in CELLS["m1-noise-intro"]


def test_the_floor_of_the_drives_is_their_conditional_variance(notebook: dict[str, Any]) -> None:
    x, y = notebook["drives"](400_000, 5)
    floor = float((y - 0.2 * notebook["swerve"](x)).square().mean())
    assert abs(floor - 0.528) < 0.005 and "0.528" in CELLS["m1-collapse-floor"]
    assert abs(float(y.square().mean()) - 0.55) < 0.005 and "0.55;" in CELLS["m1-collapse-saw"]
    assert notebook["hits"](x, y) == 0
    assert notebook["hits"](x, 0.2 * notebook["swerve"](x)) == 100


def test_the_divergences_are_as_the_texts_say(notebook: dict[str, Any]) -> None:
    cells = torch.linspace(-30, 30, 6001, dtype=torch.float64)
    narrow, wide = (torch.softmax(-0.5 * (cells / std) ** 2, dim=0) for std in (1, 3))
    there, back = float(notebook["kl_discrete"](narrow, wide)), float(notebook["kl_discrete"](wide, narrow))
    assert (round(there, 2), round(back, 2)) == (0.65, 2.90) and "from 0.65 to 2.90" in CELLS["m1-gauss-after"]
    disjoint = torch.tensor([[0.5, 0.5, 0.0, 0.0], [0.0, 0.0, 0.2, 0.8]])
    assert math.isclose(float(notebook["js_discrete"](*disjoint)), math.log(2), rel_tol=1e-6)


def test_the_two_fits_are_as_the_texts_say(notebook: dict[str, Any]) -> None:
    line = torch.linspace(-8, 8, 801, dtype=torch.float64)
    two_bumps = notebook["GaussianMixture"]([[-2.0], [2.0]], [0.6, 0.6], [0.6, 0.4]).log_prob(line[:, None])
    mean, std = notebook["forward_kl_fit"](line, two_bumps)
    assert (round(mean, 2), round(std, 2)) == (-0.4, 2.05)
    mean, std = notebook["reverse_kl_fit"](line, two_bumps, (-1.0, 1.0))
    assert abs(mean + 2) < 0.02 and abs(std - 0.6) < 0.02
