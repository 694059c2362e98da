"""The pictures of the course. Every function draws one figure, with its caption below, and returns nothing."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Protocol

import torch
from torch import Tensor, nn

from helpers.figures import COLOURS, GREY, INK, WIDTH, new_figure
from helpers.run import History

if TYPE_CHECKING:
    from matplotlib.axes import Axes

CHUNK = 4096  # points evaluated at once


class HasLogProb(Protocol):
    """A density: anything with `log_prob(x (n, 2)) -> (n,)` in nats."""

    def log_prob(self, x: Tensor, /) -> Tensor: ...


Density = HasLogProb | Callable[[Tensor], Tensor]


def show_images(images: Tensor, columns: int = 8, caption: str | None = None) -> None:
    """Images in a grid, row by row.

    images: (N, H, W), (N, 1, H, W) grey or (N, 3, H, W) colour. Floats are shown from 0 (black) to 1 (white), and what
    lies outside is clipped, which the caption then says. Integers: from 0 to 255 for bytes, else to the largest value.
    """
    grid, note = _mosaic(images, columns)
    used = min(columns, len(images))
    width = WIDTH if used == columns else max(3.0, WIDTH * used / columns)
    caption = " ".join(part.strip() for part in (caption, note) if part) or None
    with new_figure(width * grid.shape[0] / grid.shape[1] + 0.1, caption, width) as figure:
        axes = figure.add_subplot()
        axes.imshow(grid.numpy(), cmap="gray", vmin=0, vmax=1, interpolation="nearest")
        axes.axis("off")


def plot_samples(samples: Tensor | Mapping[str, Tensor], caption: str | None = None) -> None:
    """Points in the plane, a panel for each name, all with the same axes: `plot_samples({"data": x, "flow": y})`.

    samples: one tensor (N, 2), or one for each name.
    """
    named = {"": samples} if isinstance(samples, Tensor) else dict(samples)
    if not named:
        raise ValueError("plot_samples: no samples; give {name: tensor of shape (N, 2)}")
    points = {name: _points("plot_samples", x, name) for name, x in named.items()}
    everything = torch.cat(list(points.values()))
    low, high = _limits(everything)
    columns = 2 if len(points) == 4 else min(len(points), 3)
    rows = math.ceil(len(points) / columns)
    side = WIDTH / columns if columns > 1 else 5.0
    with new_figure(
        rows * _panel_height((WIDTH - 0.6) / columns + 0.6 if columns > 1 else side, low, high, titled=any(points)), caption, columns * side
    ) as figure:
        panels = figure.subplots(rows, columns, sharex=True, sharey=True, squeeze=False)
        for index, panel in enumerate(panels.flat):
            panel.set_visible(index < len(points))
        for index, (name, x) in enumerate(points.items()):
            panel = panels.flat[index]
            panel.scatter(x[:, 0], x[:, 1], s=5, alpha=_opacity(len(x)), color=COLOURS[index % len(COLOURS)], linewidths=0, rasterized=True)
            panel.set(
                title=name,
                xlim=(low[0], high[0]),
                ylim=(low[1], high[1]),
                xlabel="$x_1$",
                ylabel="$x_2$" if index % columns == 0 else "",
                aspect="equal",
            )
            panel.tick_params(labelbottom=True)


def plot_density(
    density: Density | Mapping[str, Density], bounds: float | tuple[float, float, float, float] = 3.0, caption: str | None = None
) -> None:
    """The density p(x) on a grid of 160 × 160 points of the plane; a panel for each name, all with the same colours.

    density: has `.log_prob`, or is itself a function log_prob(x (n, 2)) -> (n,), nats; or one for each name.
    bounds:  (x_1 from, x_1 to, x_2 from, x_2 to), or b for the square from -b to b.
    """
    named: Mapping[str, Density] = density if isinstance(density, Mapping) else {"": density}
    box = (-bounds, bounds, -bounds, bounds) if isinstance(bounds, int | float) else bounds
    if len(box) != 4 or not (box[0] < box[1] and box[2] < box[3]):
        raise ValueError(f"plot_density: bounds = {bounds!r}; give one positive number, or (x_1 from, x_1 to, x_2 from, x_2 to)")
    values = {name: _on_grid(item, box, 160) for name, item in named.items()}
    highest = max(float(value.nan_to_num(0.0).max()) for value in values.values())
    side = (WIDTH - 0.9) / len(values) if len(values) > 1 else 4.7
    height = _panel_height(side, [box[0], box[2]], [box[1], box[3]], titled=any(values))
    with new_figure(height, caption, side * len(values) + 0.9) as figure:
        panels = figure.subplots(1, len(values), squeeze=False)[0]
        for panel, (name, value) in zip(panels, values.items(), strict=True):
            image = panel.imshow(value.numpy(), extent=box, origin="lower", vmin=0, vmax=highest, interpolation="bilinear")
            panel.set(title=name, xlabel="$x_1$", ylabel="$x_2$" if panel is panels[0] else "", aspect="equal")
        figure.colorbar(image, ax=panels, label="density $p(x)$ (per unit area)", shrink=0.9, pad=0.02)


def plot_trajectories(path: Tensor, caption: str | None = None) -> None:
    """Where points move: path (T + 1, B, 2), from t = 0 (path[0]) to t = 1 (path[-1]), coloured by time."""
    if path.dim() != 3 or path.shape[2] != 2 or len(path) < 2:
        raise ValueError(f"plot_trajectories: path has shape {tuple(path.shape)}; (T + 1, B, 2) is needed, with T at least 1")
    from matplotlib.cm import ScalarMappable
    from matplotlib.collections import LineCollection
    from matplotlib.colors import Normalize

    path = path.detach().float().cpu()
    segments = torch.stack([path[:-1], path[1:]], dim=2).transpose(0, 1).reshape(-1, 2, 2)  # (B·T, ends, 2)
    times = torch.linspace(0, 1, len(path))[:-1].repeat(path.shape[1])
    low, high = _limits(path.reshape(-1, 2), outside=0.0)
    with new_figure(_panel_height(5.0, low, high, titled=True), caption, 6.0) as figure:
        axes = figure.add_subplot()
        lines = LineCollection(list(segments.numpy()), array=times.numpy(), linewidths=0.8, alpha=0.55, clim=(0, 1))
        axes.add_collection(lines)
        axes.scatter(path[0, :, 0], path[0, :, 1], s=12, facecolors="white", edgecolors=GREY, linewidths=0.8, zorder=3, label="start, $t = 0$")
        axes.scatter(path[-1, :, 0], path[-1, :, 1], s=10, color=COLOURS[1], linewidths=0, zorder=4, label="end, $t = 1$")
        axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), xlabel="$x_1$", ylabel="$x_2$", aspect="equal")
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
        figure.colorbar(ScalarMappable(Normalize(0, 1)), ax=axes, label="time $t$", shrink=0.9, pad=0.02)


def plot_losses(histories: History | Mapping[str, History], oracle: float | None = None, unit: str = "nats", caption: str | None = None) -> None:
    """Loss against steps. Thin: training. Thick with dots: validation. Dashed: the oracle, the best that any model can reach on average.

    histories: what `fit` returned, or one for each name.   oracle: in `unit`.
    """
    named: Mapping[str, History] = histories if isinstance(histories, Mapping) else {"training": histories}
    if not any(history.steps for history in named.values()):
        raise ValueError("plot_losses: no steps in any history; give what `fit` returned")
    with new_figure(3.6, caption) as figure:
        axes = figure.add_subplot()
        for index, (name, history) in enumerate(named.items()):
            colour, validated = COLOURS[index % len(COLOURS)], bool(history.validation)
            axes.plot(history.steps, history.losses, color=colour, linewidth=1.1 if validated else 1.6, alpha=0.45 if validated else 1, label=name)
            if validated:
                label = "validation" if name == "training" else f"{name}, validation"
                axes.plot(*zip(*history.validation, strict=True), color=colour, linewidth=1.8, marker="o", markersize=3, label=label)
        axes.grid(axis="y")
        axes.set(xlabel="training step", ylabel=f"loss ({unit})", xlim=(0, None), ylim=_loss_limits(named, oracle))
        axes.xaxis.set_major_formatter("{x:,.0f}")
        if oracle is not None:
            _draw_oracle(axes, oracle, unit)
        axes.legend(loc="upper right" if len(named) == 1 else "best")  # a curve of several may run along the top


def plot_receptive_field(field: Tensor, caption: str | None = None) -> None:
    """How much each input pixel changes the output at the centre: field (H, W), e.g. |gradient|. Exact zeros are grey."""
    if field.dim() != 2:
        raise ValueError(f"plot_receptive_field: shape {tuple(field.shape)}; one map (H, W) is needed")
    strength = field.detach().float().cpu().abs()
    height, width = strength.shape
    with new_figure(4.4, caption, 5.2) as figure:
        axes = figure.add_subplot()
        axes.set_facecolor("#e9e9e9")
        image = axes.imshow(strength.masked_fill(strength == 0, math.nan).numpy(), vmin=0, interpolation="nearest")
        centre = (width // 2, height // 2)
        axes.plot(
            *centre, marker="s", markersize=9, markerfacecolor="none", markeredgecolor=COLOURS[1], markeredgewidth=1.8, linestyle="", label="output"
        )
        axes.set(xlabel="column (pixels)", ylabel="row (pixels)")
        axes.legend(loc="lower center", bbox_to_anchor=(0.5, 1.0))
        figure.colorbar(image, ax=axes, label="|∂ output / ∂ input|", shrink=0.9, pad=0.03)


def play_audio(wave: Tensor, rate: int = 16_000, caption: str | None = None) -> None:
    """A player and the spectrogram of a sound: wave (T,), values from -1 to 1, `rate` samples a second."""
    if wave.dim() != 1 or len(wave) < 16:
        raise ValueError(f"play_audio: shape {tuple(wave.shape)}; one sound (T,) of 16 samples or more is needed: pick one with wave[i]")
    wave = wave.detach().float().cpu()
    with new_figure(3.0, caption) as figure:
        axes = figure.add_subplot()
        extent = (0.0, len(wave) / rate, 0.0, rate / 2000)
        image = axes.imshow(_spectrogram(wave).numpy(), extent=extent, origin="lower", aspect="auto", vmin=-80, vmax=0, cmap="magma")
        axes.set(xlabel="time (s)", ylabel="frequency (kHz)")
        figure.colorbar(image, ax=axes, label="level (dB below the loudest)", pad=0.02)
    _player(wave, rate)


def _mosaic(images: Tensor, columns: int) -> tuple[Tensor, str]:
    """One picture (rows, columns) or (rows, columns, 3) in [0, 1] with white gaps, and a note on what was clipped."""
    x = images.detach().cpu()
    x = x[:, None] if x.dim() == 3 else x
    if x.dim() != 4 or x.shape[1] not in (1, 3) or len(x) == 0 or columns < 1:
        got = f"shape {tuple(images.shape)}, {columns} columns"
        raise ValueError(f"show_images: {got}; (N, H, W), (N, 1, H, W) or (N, 3, H, W) is needed, with N and columns at least 1")
    note = ""
    if not x.is_floating_point():
        x = x.float() / (255 if x.dtype == torch.uint8 else max(1, int(x.max())))
    finite = x[x.isfinite()]
    low, high = (float(finite.min()), float(finite.max())) if len(finite) else (0.0, 0.0)
    if low < -0.01 or high > 1.01:
        note = f"(Values run from {low:.2f} to {high:.2f}; what lies outside 0 to 1 is clipped.)"
    if len(finite) < x.numel():
        note += f" ({x.numel() - len(finite):,} values are NaN or infinite; NaN is shown black.)"
    x = x.float().nan_to_num(0.0).clamp(0, 1).permute(0, 2, 3, 1)  # (N, H, W, C)
    columns = min(columns, len(x))
    gap = max(1, x.shape[2] // 14)
    x = nn.functional.pad(x, (0, 0, 0, gap, 0, gap), value=1.0)
    rows = math.ceil(len(x) / columns)
    x = torch.cat([x, x.new_ones(rows * columns - len(x), *x.shape[1:])])
    grid = x.unflatten(0, (rows, columns)).transpose(1, 2).flatten(0, 1).flatten(1, 2)[:-gap, :-gap]
    return (grid.squeeze(2) if grid.shape[2] == 1 else grid), note


def _points(function: str, x: Tensor, name: str) -> Tensor:
    if x.dim() != 2 or x.shape[1] != 2 or len(x) == 0:
        raise ValueError(f"{function}: {name or 'samples'} has shape {tuple(x.shape)}; points of the plane, (N, 2), are needed")
    return x.detach().float().cpu()


def _panel_height(width: float, low: list[float], high: list[float], titled: bool) -> float:
    """Inches that a panel of `width` inches needs when both axes have the same scale, labels included."""
    ratio = (high[1] - low[1]) / (high[0] - low[0])
    return (width - 0.65) * min(max(ratio, 0.4), 1.6) + (0.95 if titled else 0.55)


def _limits(points: Tensor, outside: float = 0.002) -> tuple[list[float], list[float]]:
    """Lower and upper corner of a box, with a margin, around all but the part `outside` of the points on each side."""
    finite = points[points.isfinite().all(1)].double()
    if not len(finite):
        return [-1.0, -1.0], [1.0, 1.0]
    finite = finite[torch.linspace(0, len(finite) - 1, min(len(finite), 100_000)).long()]  # quantile takes no more than 16 million
    low, high = finite.quantile(outside, dim=0), finite.quantile(1 - outside, dim=0)
    margin = 0.06 * (high - low).clamp(min=1e-3)
    return (low - margin).tolist(), (high + margin).tolist()


def _opacity(count: int) -> float:
    return min(0.9, max(0.15, 600 / count))


def _on_grid(density: Density, box: tuple[float, float, float, float], side: int) -> Tensor:
    """p(x) at side × side points, rows from low to high x_2. Gradients stay on: some log_prob differentiate inside."""
    log_prob = density.log_prob if hasattr(density, "log_prob") else density
    owner = density if isinstance(density, nn.Module) else getattr(log_prob, "__self__", None)
    device = next((p.device for p in owner.parameters()), None) if isinstance(owner, nn.Module) else None
    x_1, x_2 = torch.linspace(box[0], box[1], side), torch.linspace(box[2], box[3], side)
    points = torch.stack(torch.meshgrid(x_1, x_2, indexing="xy"), dim=-1).reshape(-1, 2).to(device or "cpu")
    parts = [log_prob(part).detach().float().cpu() for part in points.split(CHUNK)]
    if parts[0].shape != (min(CHUNK, len(points)),):
        raise ValueError(
            f"plot_density: log_prob gave shape {tuple(parts[0].shape)} for {min(CHUNK, len(points))} points; one number a point is needed"
        )
    return torch.cat(parts).exp().reshape(side, side)


def _loss_limits(histories: Mapping[str, History], oracle: float | None) -> tuple[float, float]:
    """Limits that show the end of training well: the first tenth of each curve may leave the picture at the top."""
    settled = [loss for history in histories.values() for loss in history.losses[len(history.losses) // 10 :]]
    settled += [loss for history in histories.values() for _, loss in history.validation[len(history.validation) // 10 :]]
    bottom, top = min([*settled, *([] if oracle is None else [oracle])]), max([*settled, *([] if oracle is None else [oracle])])
    margin = 0.08 * (top - bottom) or 0.5
    return bottom - margin, top + margin


def _draw_oracle(axes: Axes, oracle: float, unit: str) -> None:
    axes.axhline(oracle, color="black", linestyle=(0, (5, 3)), linewidth=1.4, zorder=4)
    box = {"facecolor": "white", "edgecolor": "none", "alpha": 0.8, "pad": 1}
    axes.annotate(
        f"oracle {oracle:.3f} {unit}",
        (0.01, oracle),
        xycoords=axes.get_yaxis_transform(),
        xytext=(0, 5),
        textcoords="offset points",
        color=INK,
        va="bottom",
        bbox=box,
    )


def _spectrogram(wave: Tensor) -> Tensor:
    """Power of short-time Fourier transforms (Hann window, 32 ms at 16 kHz) in dB relative to the largest: (frequencies, times)."""
    window = min(512, len(wave) // 2 * 2)
    spectrum = torch.stft(wave, window, window // 4, window=torch.hann_window(window), return_complex=True)
    power = spectrum.abs().square()
    return 10 * torch.log10((power / power.max().clamp(min=1e-20)).clamp(min=1e-8))


def _player(wave: Tensor, rate: int) -> None:
    """Show a player in a notebook; elsewhere there is nothing to show it in."""
    import sys

    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if not hasattr(shell, "kernel"):
        return
    from IPython.display import Audio, display

    display(Audio(wave.clamp(-1, 1).numpy(), rate=rate, normalize=False))  # the loudness as it is
