"""What growth was measured, as a part of RESULTS.md and as a figure."""

from __future__ import annotations

import textwrap
from pathlib import Path

from matplotlib.ticker import LogLocator

from helpers.figures import COLOURS, GREY, new_figure
from staff.config import load_course
from staff.results_page import JUDGE, machine, put_part
from tests.bench.growing import Grown, growth

ROOT = Path(__file__).parents[2]
CAPTION = (
    "What grading module 3 costs as the class grows: the start is paid once, then time and memory stay flat. "
    "Left: wall seconds per submission, the start included; right: the most memory held at once (proportional set size), "
    "by all processes together and by the command's own."
)


def write_page(runs: list[Grown], stock: dict[int, float], root: Path = ROOT) -> None:
    """Write docs/growth.png and the part of RESULTS.md."""
    draw(root / "docs" / "growth.png", runs, stock)
    modules = [module.id for module in load_course(root).modules]
    put_part(root / "RESULTS.md", [*modules, JUDGE], JUDGE, part(runs, stock))


def part(runs: list[Grown], stock: dict[int, float]) -> str:
    lines = [
        f"Submissions of module 3 (honest and wrong, from the answer bank), graded by `course autograde` with two workers: {machine()}.",
        "Wall time is that of the whole command, from reading the hand-ins to the report; memory is the most that was held at once",
        "(proportional set size). Stock nbgrader runs the same notebooks, whole.",
        "",
        "| submissions | seconds | seconds each | stock nbgrader, seconds each | times faster | all processes | largest | the command's own |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for run in runs:
        each = run.wall / run.count
        other = f"{stock[run.count]:.1f} | {stock[run.count] / each:.0f}" if run.count in stock else "not run | –"
        mib = " | ".join(f"{run.most(of):.0f} MiB" for of in ("together", "largest", "parent"))
        lines.append(f"| {run.count:,} | {run.wall:.0f} | {each:.2f} | {other} | {mib} |")
    largest = max(runs, key=lambda run: run.count)
    said = ", ".join(f"{name} × {ratio:.2f}" for name, ratio in growth(largest).items())
    lines += ["", f"The last hundred of {largest.count:,} against the hundred after the tenth: {said}."]
    lines += ['"At equal speed" divides by how much longer one and the same piece of work took meanwhile: the machine is a shared one.']
    return "\n".join([*lines, "", f"![{CAPTION}](docs/growth.png)"])


def draw(path: Path, runs: list[Grown], stock: dict[int, float]) -> None:
    counts = [run.count for run in runs]
    with new_figure(4.0) as figure:
        left, right = figure.subplots(1, 2)
        left.plot(counts, [run.wall / run.count for run in runs], "o-", color=COLOURS[0], label="the judge, two workers")
        if stock:
            left.plot(list(stock), list(stock.values()), "s--", color=COLOURS[1], label="stock nbgrader")
        left.set(xscale="log", yscale="log", xlabel="submissions", ylabel="wall seconds per submission")
        right.plot(counts, [run.most("together") for run in runs], "o-", color=COLOURS[0], label="all processes")
        right.plot(counts, [run.most("parent") for run in runs], "^:", color=COLOURS[2], label="the command's own")
        right.set(xscale="log", xlabel="submissions", ylabel="memory (MiB)", ylim=(0, None))
        left.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        left.yaxis.set_major_formatter("{x:g}")
        for axes in (left, right):
            axes.set_xticks(counts, [f"{count:,}" for count in counts])
            axes.minorticks_off()
            axes.grid(True)
            axes.legend()
        figure.supxlabel(textwrap.fill(CAPTION, 104), x=0.01, ha="left", fontsize=10, style="italic", color=GREY)
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path)
