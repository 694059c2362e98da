"""Module 2, pictures and sound: what its texts state, by computation; and that streams, windows and samplers do what is said of them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import nbformat
import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
NOTEBOOK = nbformat.read(ROOT / "source" / "m2_autoregression" / "m2_autoregression.ipynb", as_version=4)
GIVEN = (
    *("m2-E3-code", "m2-D3-code", "m2-E4-code", "m2-blind-layer", "m2-blind-gated", "m2-blind-net", "m2-digits-loss", "m2-digits-sample"),
    *("m2-buys-data", "m2-lower-window", "m2-lower-net", "m2-lower-draw", "m2-wave-net", "m2-wave-step", "m2-tones-data"),
)


@pytest.fixture(scope="module")
def notebook() -> dict[str, Any]:
    """What the setup cells, this part's solutions and its given cells define, without training and pictures."""
    names: dict[str, Any] = {}
    threads = torch.get_num_threads()
    for cell in NOTEBOOK.cells:
        if "setup" in cell.metadata.get("tags", []) or cell.id in GIVEN:
            exec(compile(cell.source, cell.id, "exec"), names)
    yield names
    torch.set_num_threads(threads)


def read_by(net: Any, shape: tuple[int, int], row: int, column: int) -> Tensor:
    """Which pixels the output at (row, column) reads: (H, W), boolean."""
    torch.manual_seed(0)
    x = torch.rand(1, 1, *shape).requires_grad_()
    slope: Tensor = torch.autograd.grad(net(x)[0, :, row, column].square().sum(), x)[0][0, 0]
    return slope != 0


def test_a_stack_of_masked_layers_has_the_blind_spot_that_the_text_describes(notebook: dict[str, Any]) -> None:
    layers = [notebook["MaskedConv"](1, 8, (3, 3), "A"), *(notebook["MaskedConv"](8, 8, (3, 3), "B") for _ in range(4))]
    seen = read_by(torch.nn.Sequential(*layers), (13, 13), 6, 6)
    rows, columns = torch.meshgrid(torch.arange(13), torch.arange(13), indexing="ij")
    up, right = 6 - rows, columns - 6
    near = (up >= 0) & (up <= 5) & (right >= -5) & (right <= 5) & ((up > 0) | (right < 0))
    assert torch.equal(seen, near & (right <= up))


def test_two_stacks_read_every_earlier_pixel_and_no_other(notebook: dict[str, Any]) -> None:
    net = notebook["PixelCNN"](channels=8, dropout=0.0).eval()
    rows, columns = torch.meshgrid(torch.arange(8), torch.arange(8), indexing="ij")
    for row, column in ((0, 0), (0, 7), (3, 0), (4, 4), (7, 7)):
        before = (rows < row) | (rows == row) & (columns < column)
        reach = (row - rows <= 7) & (columns - column <= 7) & (column - columns <= 7)
        assert torch.equal(read_by(net, (8, 8), row, column), before & reach)


def test_the_size_of_the_network_is_as_stated(notebook: dict[str, Any]) -> None:
    assert abs(sum(p.numel() for p in notebook["PixelCNN"]().parameters()) - 218_000) < 500


def test_a_window_is_what_comes_before_a_pixel(notebook: dict[str, Any]) -> None:
    images = torch.randint(256, (3, 1, 28, 28), generator=torch.Generator().manual_seed(0))
    wide = torch.nn.functional.pad(images[:, 0], (13, 13, 13, 0)).float() / 127.5 - 1
    which, places = torch.tensor([2, 0, 1]), torch.tensor([0, 391, 5 * 28 + 14])
    found = notebook["windows"](wide, which, places)
    assert found.shape == (3, 364)
    assert torch.allclose(found[1, -1], images[0, 0, 27, 26] / 127.5 - 1) and torch.allclose(found[0, -13:], torch.tensor(-1.0))
    assert torch.allclose(found[2, :351].reshape(13, 27), images[1, 0, 6:19, 1:28] / 127.5 - 1)
    changed = wide.clone()
    changed[1, 13 + 19, 13 + 14 :] = 9.0  # the pixel itself and those to its right
    changed[1, 13 + 20 :] = 9.0
    assert torch.equal(notebook["windows"](changed, which, places)[2], found[2])


def test_completion_keeps_the_upper_half_and_reads_nothing_else(notebook: dict[str, Any]) -> None:
    torch.manual_seed(0)
    notebook["lower_half"] = notebook["LowerHalf"](hidden=16)
    images = notebook["test_garments"][:2]
    other = images.clone()
    other[:, :, 14:] = 0
    drawn = [notebook["completed"](part, torch.Generator().manual_seed(1)) for part in (images, other)]
    assert torch.equal(drawn[0], drawn[1]) and torch.equal(drawn[0][:, :, :14], images[:, :, :14])
    assert drawn[0][:, :, 14:].unique().numel() > 50


def test_drawn_levels_have_the_probabilities_of_the_mixture(notebook: dict[str, Any]) -> None:
    count, row = 40_000, [torch.tensor([values]) for values in ([0.5, -0.3], [1.0, 9.0], [0.7, 0.2])]
    drawn = notebook["drawn_levels"](tuple(part.expand(count, 2) for part in row), torch.Generator().manual_seed(2), 12)
    p = notebook["logistic_mixture_log_prob"](torch.arange(12), *(part.expand(12, 2) for part in row), levels=12).exp()
    shares = torch.bincount(drawn, minlength=12) / count
    assert ((shares - p).abs() < 6 * (p * (1 - p) / count).sqrt() + 1e-4).all()


def test_the_stream_of_the_wavenet_sees_what_the_whole_sound_sees(notebook: dict[str, Any]) -> None:
    torch.manual_seed(0)
    net = notebook["WaveNet"]([1, 2, 4])
    true = torch.randint(256, (2, 30), generator=torch.Generator().manual_seed(3))
    streamed = notebook["stream_on"](net, true, 40, torch.Generator().manual_seed(4))
    assert torch.equal(streamed[:, :30], true)
    with torch.no_grad():
        parameters = [part.reshape(2, 40, -1) for part in net(streamed)]
    generator = torch.Generator().manual_seed(4)
    for t in range(30, 40):  # the same draws from the parameters of the whole sound
        assert torch.equal(notebook["drawn_levels"](tuple(part[:, t] for part in parameters), generator), streamed[:, t])


def test_the_oracle_is_the_entropy_of_rounded_noise(notebook: dict[str, Any]) -> None:
    """H(round(s + e) | s) for e ~ N(0, 16), averaged over the place of s between two levels, by enumeration."""
    places = (torch.arange(200, dtype=torch.float64) + 0.5) / 200
    edges = torch.arange(-40, 42, dtype=torch.float64) - 0.5 - places[:, None]
    p = torch.special.ndtr(edges / 4).diff(dim=1)
    entropy = -torch.xlogy(p, p).sum(1).mean().item()
    assert math.isclose(notebook["oracle"], entropy, abs_tol=1e-4)


def test_doubling_dilations_skip_no_sample() -> None:
    sums = {sum(d for bit, d in enumerate((1, 2, 4, 8, 16, 32, 64)) if n >> bit & 1) for n in range(128)}
    assert sums == set(range(128))


def test_the_mean_of_n_perfect_samples_has_its_stated_error() -> None:
    draws = torch.randn(9, 400_000, generator=torch.Generator().manual_seed(5), dtype=torch.float64).exp()
    variance = math.exp(2) - math.exp(1)
    for n in (1, 8):
        error = (draws[8] - draws[:n].mean(0)).square().mean().item()
        assert math.isclose(error, (1 + 1 / n) * variance, rel_tol=0.06)
