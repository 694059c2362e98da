"""helpers.plots: what is drawn is what was given, with labels, caption and no leftovers."""

from __future__ import annotations

import math
import types
import warnings
from collections.abc import Callable, Iterator
from typing import Any

import matplotlib
import numpy as np
import pytest
import torch
from matplotlib.figure import Figure
from torch import Tensor, nn

from helpers.plots import play_audio, plot_density, plot_losses, plot_receptive_field, plot_samples, plot_trajectories, show_images
from helpers.train import History

matplotlib.use("Agg")

import matplotlib.pyplot as plt

CAPTION = "Two moons: look at the ends, where the flow leaves a thin bridge, and say why the data have none. " * 2
HISTORY = History([10, 20, 30], [3.0, 2.0, 1.5], [(15, 2.5), (30, 1.6)], 1.0)
POINTS = torch.stack([torch.linspace(-1, 1, 50), torch.linspace(-2, 2, 50)], dim=1)
WAVE = 0.5 * torch.sin(2 * math.pi * 2000 * torch.arange(16_000) / 16_000)

DRAWERS: dict[str, Callable[..., None]] = {
    "images": lambda **k: show_images(torch.rand(20, 1, 8, 8), **k),
    "few images": lambda **k: show_images(torch.rand(2, 3, 8, 8), **k),
    "one cloud": lambda **k: plot_samples(POINTS, **k),
    "four clouds": lambda **k: plot_samples({name: POINTS for name in "abcd"}, **k),
    "density": lambda **k: plot_density(normal, 2.0, **k),
    "two densities": lambda **k: plot_density({"a": normal, "b": normal}, **k),
    "trajectories": lambda **k: plot_trajectories(torch.stack([POINTS, POINTS * 2]), **k),
    "losses": lambda **k: plot_losses(HISTORY, oracle=1.118, **k),
    "receptive field": lambda **k: plot_receptive_field(torch.eye(9), **k),
    "audio": lambda **k: play_audio(WAVE, **k),
}


def normal(x: Tensor) -> Tensor:
    """log density of a Gaussian at (1, -0.5) with standard deviation 0.5."""
    return -((x - torch.tensor([1.0, -0.5])) ** 2).sum(1) / 0.5 - math.log(2 * math.pi * 0.25)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Figure]]:
    """The figures as they were shown, drawn once so that their layout is settled."""
    figures: list[Figure] = []

    def show() -> None:
        figures.append(plt.gcf())
        plt.gcf().canvas.draw()

    monkeypatch.setattr(plt, "show", show)
    yield figures
    assert plt.get_fignums() == [], "figures are closed"


@pytest.mark.parametrize("name", DRAWERS)
def test_every_figure_has_its_caption_inside_and_below_and_names_its_axes(shown: list[Figure], name: str) -> None:
    assert DRAWERS[name](caption=CAPTION) is None  # type: ignore[func-returns-value]
    (figure,) = shown
    assert figure.get_figwidth() <= 8
    caption = figure._supxlabel  # type: ignore[attr-defined]
    assert caption.get_text().replace("\n", " ").startswith(CAPTION.strip()) and caption.get_style() == "italic"
    box, page = caption.get_window_extent(), figure.bbox
    assert page.x0 <= box.x0 and box.x1 <= page.x1 and page.y0 <= box.y0
    for axes in figure.axes:
        if axes.get_visible() and axes.axison:
            assert axes.get_window_extent().y0 > box.y1, "the caption is below"
            assert axes.get_xlabel() or axes.get_ylabel()
            assert axes.get_tightbbox().x1 <= page.x1 + 1 and axes.get_tightbbox().y1 <= page.y1 + 1, "nothing is cut off"


@pytest.mark.parametrize("name", DRAWERS)
def test_every_figure_works_without_a_display_and_in_silence(capsys: pytest.CaptureFixture[str], name: str) -> None:
    settings = dict(matplotlib.rcParams)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        DRAWERS[name]()
    assert capsys.readouterr() == ("", "") and plt.get_fignums() == []
    assert dict(matplotlib.rcParams) == settings


def image(figure: Figure, axes: int = 0) -> np.ndarray:
    return np.asarray(figure.axes[axes].images[0].get_array())


def test_images_are_laid_out_row_by_row(shown: list[Figure]) -> None:
    images = torch.linspace(0, 1, 5)[:, None, None, None].expand(5, 1, 14, 14)
    show_images(images, columns=3)
    grid = image(shown[0])
    assert grid.shape == (29, 44)  # 2 rows and 3 columns with a gap of one pixel
    assert grid[7, [7, 22, 37]] == pytest.approx([0, 0.25, 0.5]) and grid[22, [7, 22, 37]] == pytest.approx([0.75, 1, 1])
    assert shown[0].axes[0].images[0].get_clim() == (0, 1)


def test_images_of_other_kinds(shown: list[Figure]) -> None:
    show_images(torch.full((1, 4, 4), 255, dtype=torch.uint8))
    show_images(torch.tensor([[[0, 8], [16, 4]]]))  # the digits' 17 levels
    show_images(torch.stack([torch.ones(4, 4), torch.zeros(4, 4), torch.zeros(4, 4)])[None], caption="Red.")
    show_images(torch.tensor([[[-1.0, 0.5], [1.0, math.nan]]]), caption="A.")
    assert (image(shown[0]) == 1).all()
    assert image(shown[1]).tolist() == [[0, 0.5], [1, 0.25]]
    assert image(shown[2]).shape == (4, 4, 3) and image(shown[2])[0, 0].tolist() == [1, 0, 0]
    assert image(shown[3]).tolist() == [[0, 0.5], [1, 0]]
    caption = shown[3]._supxlabel.get_text().replace("\n", " ")  # type: ignore[attr-defined]
    assert caption.startswith("A. (Values run from") and "clipped" in caption and "1 values are NaN" in caption
    assert shown[2]._supxlabel.get_text() == "Red."  # type: ignore[attr-defined]


def test_samples_share_their_axes_and_keep_their_names(shown: list[Figure]) -> None:
    plot_samples({"data": POINTS, "model": (POINTS * 2).requires_grad_()})
    left, right = shown[0].axes
    assert (left.get_title(), right.get_title()) == ("data", "model")
    assert left.get_xlim() == right.get_xlim() and left.get_ylim() == right.get_ylim()
    assert left.get_ylim()[1] > 3.9
    assert np.allclose(right.collections[0].get_offsets(), POINTS.numpy() * 2)
    assert left.get_aspect() == 1
    assert len({tuple(axes.collections[0].get_facecolor()[0][:3]) for axes in (left, right)}) == 2


def test_one_far_point_does_not_shrink_the_picture_and_nan_is_survived(shown: list[Figure]) -> None:
    cloud = torch.randn(5000, 2, generator=torch.Generator().manual_seed(0))
    cloud[0], cloud[1] = 1e6, math.nan
    plot_samples(cloud)
    assert max(shown[0].axes[0].get_xlim()) < 5


def test_the_density_is_drawn_where_it_is(shown: list[Figure]) -> None:
    class Model(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.scale = nn.Parameter(torch.ones(()))

        def log_prob(self, x: Tensor) -> Tensor:
            x = x.detach().requires_grad_()  # as a change of variables by autograd does
            (gradient,) = torch.autograd.grad((self.scale * x).sum(), x)
            return normal(x) + gradient.log().sum(1)

    plot_density({"function": normal, "object": Model()}, (-2, 2, -1, 1))
    for axes in (0, 1):
        values = image(shown[0], axes)
        row, column = np.unravel_index(values.argmax(), values.shape)
        assert np.allclose([np.linspace(-2, 2, 160)[column], np.linspace(-1, 1, 160)[row]], [1, -0.5], atol=0.02)
        assert values.max() == pytest.approx(1 / (2 * math.pi * 0.25), rel=0.01)
    first = shown[0].axes[0].images[0]
    assert first.get_extent() == [-2, 2, -1, 1] and first.origin == "lower"
    assert "density" in shown[0].axes[2].get_ylabel()


def test_trajectories_join_each_point_with_its_own_future(shown: list[Figure]) -> None:
    path = torch.randn(4, 3, 2, generator=torch.Generator().manual_seed(0))
    plot_trajectories(path.requires_grad_())
    lines, start, end = shown[0].axes[0].collections
    segments, times = lines.get_segments(), lines.get_array()
    assert len(segments) == 9
    for number, segment in enumerate(segments):
        point, step = divmod(number, 3)
        assert np.allclose(segment, path[step : step + 2, point].detach())
        assert times[number] == pytest.approx(step / 3)
    assert np.allclose(start.get_offsets(), path[0].detach()) and np.allclose(end.get_offsets(), path[-1].detach())


def test_losses_come_with_the_oracle_and_its_value(shown: list[Figure]) -> None:
    plot_losses({"coupling": HISTORY, "spline": History([10, 20], [2.5, 1.3])}, oracle=1.1184, unit="bits")
    axes = shown[0].axes[0]
    lines: dict[Any, Any] = {line.get_label(): line for line in axes.lines}
    assert lines["coupling"].get_xydata().tolist() == [[10, 3], [20, 2], [30, 1.5]]
    assert lines["coupling, validation"].get_xydata().tolist() == [[15, 2.5], [30, 1.6]]
    assert lines["coupling"].get_color() == lines["coupling, validation"].get_color() != lines["spline"].get_color()
    oracle = next(line for line in axes.lines if list(line.get_ydata()) == [1.1184, 1.1184])
    assert oracle.get_color() == "black" and oracle.is_dashed()
    assert [text.get_text() for text in axes.texts] == ["oracle 1.118 bits"]
    assert axes.get_ylabel() == "loss (bits)" and axes.get_ylim()[0] < 1.1184
    assert [text.get_text() for text in axes.get_legend().get_texts()] == ["coupling", "coupling, validation", "spline"]


def test_a_huge_first_loss_does_not_hide_the_end(shown: list[Figure]) -> None:
    plot_losses(History(list(range(1, 101)), [1e6, 1e3, *[2 - i / 100 for i in range(98)]]))
    assert shown[0].axes[0].get_ylim()[1] < 2.5
    plot_losses(History([1], [2.0]), oracle=2.0)
    assert shown[1].axes[0].get_ylim()[0] < 2 < shown[1].axes[0].get_ylim()[1]


def test_the_receptive_field_shows_zeros_as_nothing(shown: list[Figure]) -> None:
    field = torch.zeros(5, 7)
    field[1, 2] = -3.0
    plot_receptive_field(field)
    drawn = shown[0].axes[0].images[0].get_array()
    assert np.ma.getmaskarray(np.ma.masked_invalid(drawn)).sum() == 34 and drawn[1, 2] == 3
    assert shown[0].axes[0].lines[0].get_xydata().tolist() == [[3, 2]]


def test_the_spectrogram_peaks_at_the_tone(shown: list[Figure]) -> None:
    play_audio(WAVE)
    level, drawn = image(shown[0]), shown[0].axes[0].images[0]
    assert drawn.get_extent() == [0, 1, 0, 8]
    assert np.linspace(0, 8, level.shape[0])[level.mean(1).argmax()] == pytest.approx(2, abs=0.05)
    assert level.max() == pytest.approx(0, abs=1e-4) and level.min() >= -80
    play_audio(torch.zeros(100))  # silence, and shorter than a window
    play_audio(torch.randn(17).requires_grad_())


def test_the_player_plays_the_wave_as_loud_as_it_is(shown: list[Figure], monkeypatch: pytest.MonkeyPatch) -> None:
    import IPython
    import IPython.display

    played: list[Any] = []
    monkeypatch.setattr(IPython, "get_ipython", lambda: types.SimpleNamespace(kernel=1))
    monkeypatch.setattr(IPython.display, "display", played.append)
    play_audio(0.25 * WAVE.sign(), rate=8000)
    samples = np.frombuffer(played[0].data[44:], dtype="<i2")
    assert played[0].data[:4] == b"RIFF" and int.from_bytes(played[0].data[24:28], "little") == 8000
    assert np.abs(samples).max() == pytest.approx(0.25 * 32767, abs=2)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: show_images(torch.rand(3, 2, 4, 4)), r"show_images: shape \(3, 2, 4, 4\)"),
        (lambda: show_images(torch.rand(0, 1, 4, 4)), "N and columns at least 1"),
        (lambda: plot_samples({"flow": torch.rand(4, 3)}), r"flow has shape \(4, 3\)"),
        (lambda: plot_samples({}), "no samples"),
        (lambda: plot_density(normal, (1, -1, 0, 2)), r"bounds = \(1, -1, 0, 2\)"),
        (lambda: plot_density(lambda x: normal(x).sum(), 2.0), r"log_prob gave shape \(\) for 4096 points"),
        (lambda: plot_trajectories(torch.rand(1, 5, 2)), r"\(T \+ 1, B, 2\) is needed"),
        (lambda: plot_losses({}), "no steps in any history"),
        (lambda: plot_receptive_field(torch.rand(1, 4, 4)), r"one map \(H, W\)"),
        (lambda: play_audio(torch.rand(2, 16_000)), r"one sound \(T,\)"),
    ],
)
def test_what_cannot_be_drawn_is_explained(call: Callable[[], None], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
    assert plt.get_fignums() == []
