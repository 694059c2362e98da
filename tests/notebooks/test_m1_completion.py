"""Module 1, second half: what its texts state, by computation, and which way its experiments go on a small budget."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch
from torch import nn

from helpers import MLP, fd_fashion, fit

ROOT = Path(__file__).parents[2]
NOTEBOOK = nbformat.read(ROOT / "source" / "m1_synthesis" / "m1_synthesis.ipynb", as_version=4)
GIVEN = ("m1-completion-data", "m1-D3-code", "m1-D4-code", "m1-E4-code", "m1-E5-code")


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """What the setup cells and this half's solutions define, without training and pictures."""
    names: dict[str, Any] = {}
    threads = torch.get_num_threads()
    for cell in NOTEBOOK.cells:
        if "setup" in cell.metadata.get("tags", []) or cell.id in GIVEN:
            exec(compile(cell.source, cell.id, "exec"), names)
    yield names
    torch.set_num_threads(threads)


def test_a_perfect_sampler_has_twice_the_error_of_the_mean() -> None:
    truth, sample = torch.randn(2, 200_000, 3, generator=torch.Generator().manual_seed(0), dtype=torch.float64).exp()
    mean = torch.full((3,), math.exp(0.5), dtype=torch.float64)
    ratio = (truth - sample).square().sum(1).mean() / (truth - mean).square().sum(1).mean()
    assert math.isclose(ratio.item(), 2, rel_tol=0.05)


def test_the_offset_of_bits_is_that_of_the_cells(notebook: dict[str, Any]) -> None:
    """A density that is constant in each cell of side 1/L costs exactly the bits of its cells' probabilities."""
    probabilities = torch.tensor([0.5, 0.25, 0.125, 0.125], dtype=torch.float64)  # of L = 4 levels, in one dimension
    nll_of_density = -(probabilities * 4).log()
    assert torch.allclose(notebook["bits_per_dim"](nll_of_density, 1, 4), torch.tensor([1.0, 2.0, 3.0, 3.0], dtype=torch.float64))
    assert torch.allclose(notebook["bits_per_dim"](-probabilities.log(), 1, 1), torch.tensor([1.0, 2.0, 3.0, 3.0], dtype=torch.float64))


def test_no_linear_code_beats_the_tail_of_the_eigenvalues(notebook: dict[str, Any]) -> None:
    generator = torch.Generator().manual_seed(1)
    x = torch.randn(60, 6, generator=generator, dtype=torch.float64) @ torch.randn(6, 6, generator=generator, dtype=torch.float64) + 3
    _, _, best = notebook["best_linear_code"](x, 2)
    centred = x - x.mean(0)
    for _ in range(200):
        basis = torch.linalg.qr(torch.randn(6, 2, generator=generator, dtype=torch.float64))[0]
        assert (centred - centred @ basis @ basis.T).square().mean() >= best


def test_the_error_prefers_the_blur_and_the_distance_does_not(notebook: dict[str, Any], tmp_path: Path) -> None:
    upper, lower, test_upper, test_lower = (notebook[name] for name in ("upper", "lower", "test_upper", "test_lower"))
    torch.manual_seed(0)
    model = nn.Sequential(nn.Flatten(), MLP(392, 392, hidden=128), nn.Sigmoid())

    def loss(seen: torch.Tensor, wanted: torch.Tensor) -> torch.Tensor:
        return nn.functional.mse_loss(model(seen), wanted.flatten(1))

    fit(model, loss, (upper, lower), name="completion", steps=150, batch_size=128, lr=3e-3, folder=tmp_path)
    with torch.no_grad():
        blurred = model(test_upper).reshape(-1, 1, 14, 28)
    copied = lower[torch.cdist(test_upper.flatten(1), upper.flatten(1)).argmin(1)]
    errors = [nn.functional.mse_loss(part, test_lower).item() for part in (blurred, copied)]
    distances = [fd_fashion(notebook["completed"](part)) for part in (blurred, copied)]
    assert errors[0] < errors[1] and distances[0] > 5 * distances[1]
