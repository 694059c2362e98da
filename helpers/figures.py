"""How every figure of the course looks: one size, one set of colours, a caption below it."""

from __future__ import annotations

import textwrap
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

WIDTH = 8.0  # inches: the column of a notebook
# Okabe and Ito's palette, which colour-blind readers can tell apart
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
GREY, INK = "#6b6b6b", "#262626"
STYLE: Any = {
    "figure.dpi": 110,
    "savefig.dpi": 110,
    "figure.facecolor": "white",
    "font.size": 10.5,
    "axes.titlesize": 11.5,
    "axes.labelsize": 10.5,
    "axes.titlepad": 8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": GREY,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.labelsize": 9.5,
    "ytick.labelsize": 9.5,
    "legend.frameon": False,
    "legend.fontsize": 10,
    "grid.color": "#e4e4e4",
    "grid.linewidth": 0.8,
    "axes.axisbelow": True,
    "image.cmap": "viridis",
}


@contextmanager
def new_figure(height: float, caption: str | None = None, width: float = WIDTH) -> Iterator[Figure]:
    """An empty figure, `width` × `height` inches without its caption, to draw on; shown and closed at the end.

    Shown by the notebook's inline backend or a window; without a display (the Agg backend) nothing appears and nothing fails.
    """
    import matplotlib.pyplot as plt

    text = textwrap.fill(caption, int(width * 13)) if caption else ""
    with plt.rc_context(STYLE):
        figure = plt.figure(figsize=(width, height + 0.19 * (text.count("\n") + 1 if text else 0)), layout="constrained")
        try:
            yield figure
            if text:
                figure.supxlabel(text, x=0.01, ha="left", fontsize=10, style="italic", color=GREY)
            with warnings.catch_warnings():
                warnings.filterwarnings("ignore", message=".*non-interactive.*")
                plt.show()
        finally:
            plt.close(figure)
