"""A course in miniature that passes every check: one module, the disclosure, one E task and one D task."""

from __future__ import annotations

from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from staff.lint_ids import expected_flags
from staff.notebook import GradeId, write_notebook, write_text

MODULE = "m1_tiny"

COURSE = """\
# A course in miniature.
id: tiny1
title: A tiny course
version: "2026.1"
start_date: 2026-08-24
timezone: Europe/Stockholm
weeks: {teaching: 7, exam: 2}
outcomes:
  theory: Explain means
policies:
  ai: {assignments: disclose, quiz: forbidden, orals: forbidden, video: cite, seminar: cite}
  late: {late_days: 0, max_per_assignment: 0}
limits: {cell_seconds: 60, smoke_minutes: 1, core_hours: 6}
orals:
  - {id: oral1, title: Oral exam, modules: [m1_tiny], at: {week: 4, day: thu}}
modules:
  - id: m1_tiny
    title: Means
    cpu_minutes: 1
    release: {week: 1, day: mon}
    help: {week: 2, day: tue}
    due: {week: 2, day: fri, time: "23:59"}
    exam_topics: [Means]
    tasks:
      E0: {title: Honour pledge, kind: core, points: {check-disclosure: 1}, minutes: 3, outcomes: [theory]}
      E1: {title: Doubling, kind: core, points: {check: 1, hidden: 2, reflect: 2}, minutes: 10, outcomes: [theory]}
      D1: {title: Weighted mean, kind: core, points: {check: 1, hidden: 3}, minutes: 20, outcomes: [theory]}
lectures: []
"""


def cell(source: str, *tag_names: str, grade_id: str | None = None, points: int | None = None, slug: str | None = None) -> NotebookNode:
    """One cell as the course writes it; a grade id brings its role's flags, no grade id and no tag makes text."""
    parsed = GradeId.parse(grade_id) if grade_id else None
    kind, grade, solution, locked = expected_flags(parsed) if parsed else ("code" if tag_names else "markdown", False, False, False)
    made = new_code_cell(source) if kind == "code" else new_markdown_cell(source)
    made.id = grade_id or slug or "cell"
    made.metadata["tags"] = list(tag_names)
    if parsed:
        flags = {"grade": grade, "solution": solution, "locked": locked, "task": False}
        made.metadata["nbgrader"] = {"schema_version": 3, "grade_id": grade_id, **flags}
        if grade:
            made.metadata["nbgrader"]["points"] = points
    return made


def _opening() -> list[NotebookNode]:
    return [
        cell("# Means\n\nAfter this notebook you can explain means.", slug="title"),
        cell("import torch\nfrom torch import Tensor", "setup", slug="imports"),
        cell("We compute on the fastest device there is.", slug="device-text"),
        cell("from helpers import budget, get_device, hand_in\n\ndevice = get_device()\nsteps = budget(smoke=1, cpu=2, gpu=4)",
             "device", slug="device"),
        cell("### E0 · Honour pledge · 1 points · 3 min\n\nCore. State what help you had.", "E", "disclosure", grade_id="m1-E0-spec"),
        cell('### BEGIN SOLUTION\nai_use = "none"\n### END SOLUTION', "E", "disclosure", grade_id="m1-E0-answer-disclosure"),
        cell(
            "# E0 check: the disclosure says something.\n"
            'assert len(ai_use) >= 4, f"ai_use has {len(ai_use)} characters; write \'none\' or what you used"',
            "E", "disclosure", grade_id="m1-E0-check-disclosure", points=1,
        ),
    ]  # fmt: skip


DOUBLE = '''\
def double(x: Tensor) -> Tensor:
    """Twice x; x is (B,), and so is the result."""
    ### BEGIN SOLUTION
    return torch.add(x, x)
    ### END SOLUTION'''

DOUBLE_HIDDEN = """\
# E1 hidden tests: negative and large numbers.
### BEGIN HIDDEN TESTS
_x = torch.tensor([-3.0, 0.0, 1e6], dtype=torch.float64)
assert torch.allclose(double(_x.clone()), _x * 2, atol=1e-8), "twice each number"
### END HIDDEN TESTS"""

REFLECT = """\
**E1, in your words.** In one sentence: why is doubling linear?

### BEGIN SOLUTION
Reference: sums and multiples come out of it unchanged.
Rubric: names sums (must); names multiples (good).
### END SOLUTION"""


def _doubling() -> list[NotebookNode]:
    check = '# E1 check: one number.\n_two = double(torch.ones(1))\nassert _two.item() == 2.0, f"double(1) gave {_two.item()}, not 2"'
    return [
        cell("Doubling is the simplest map of all.", slug="doubling"),
        cell("### E1 · Doubling · 5 points · 10 min\n\nCore. Write `double(x)`.", "E", grade_id="m1-E1-spec"),
        cell(DOUBLE, "E", grade_id="m1-E1-code"),
        cell("double(torch.arange(3.0))  # 0, 2, 4", "E", "try", slug="m1-E1-try"),
        cell(check, "E", grade_id="m1-E1-check", points=1),
        cell(DOUBLE_HIDDEN, "E", grade_id="m1-E1-hidden", points=2),
        cell(REFLECT, "E", grade_id="m1-E1-reflect", points=2),
    ]


MEAN = '''\
def weighted_mean(x: Tensor, w: Tensor) -> Tensor:
    """The mean of x (B,) with weights w (B,); the weights need not sum to one."""
    ### BEGIN SOLUTION
    total = (w * x).sum()
    return total / w.sum()
    ### END SOLUTION'''

MEAN_HIDDEN = """\
# D1 hidden tests: unequal weights, their scale, gradients.
### BEGIN HIDDEN TESTS
_x = torch.tensor([1.0, 2.0, 6.0], dtype=torch.float64)
_w = torch.tensor([3.0, 1.0, 0.5], dtype=torch.float64)
assert torch.allclose(weighted_mean(_x.clone(), _w.clone()), (_x * _w).sum() / 4.5, atol=1e-8), "unequal weights"
assert torch.allclose(weighted_mean(_x.clone(), 7 * _w), (_x * _w).sum() / 4.5, atol=1e-8), "the weights' scale does not matter"
_v = _x.clone().requires_grad_()
_grad, = torch.autograd.grad(weighted_mean(_v, _w.clone()), [_v])
assert torch.allclose(_grad, _w / 4.5, atol=1e-8), "the gradient is the normalised weight"
### END HIDDEN TESTS"""


def _weighting() -> list[NotebookNode]:
    check = (
        "# D1 check: equal weights.\n_mean = weighted_mean(torch.tensor([1.0, 3.0]), torch.ones(2))\n"
        'assert torch.allclose(_mean, torch.tensor(2.0)), f"the mean of 1 and 3 is 2, got {_mean}"'
    )
    return [
        cell("Now some numbers count more than others.", slug="weighting"),
        cell("### D1 · Weighted mean · 4 points · 20 min\n\nCore. Write `weighted_mean(x, w)`.", "D", grade_id="m1-D1-spec"),
        cell(MEAN, "D", grade_id="m1-D1-code"),
        cell("weighted_mean(torch.tensor([0.0, 1.0]), torch.tensor([1.0, 3.0]))  # 0.75", "D", "try", slug="m1-D1-try"),
        cell(check, "D", grade_id="m1-D1-check", points=1),
        cell(MEAN_HIDDEN, "D", grade_id="m1-D1-hidden", points=3),
    ]


def tiny_notebook() -> NotebookNode:
    """The source notebook: E0, E1 and D1 with their whole sequences."""
    closing = [
        cell("## Summary and hand-in\n\nMeans are linear.", slug="summary"),
        cell('hand_in("m1_tiny")', "handin", slug="handin"),
    ]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}, "course": {"module": MODULE, "version": "2026.1"}}
    return new_notebook(cells=[*_opening(), *_doubling(), *_weighting(), *closing], metadata=metadata)


ANSWERS = {
    "E1/variant_times": "# Correct: multiplies by two.\ndef double(x):\n    return 2 * x\n",
    "E1/mutant_square": "# Wrong: squares, which agrees at 2.\ndef double(x):\n    return x * x\n",
    "E1/mutant_first": "# Wrong: doubles the absolute value.\ndef double(x):\n    return 2 * abs(x)\n",
    "D1/variant_dot": "# Correct: by the dot product.\ndef weighted_mean(x, w):\n    return torch.dot(w, x) / w.sum()\n",
    "D1/variant_first": "# Correct: normalises the weights first.\ndef weighted_mean(x, w):\n    p = w / w.sum()\n    return (p * x).sum()\n",
    "D1/mutant_plain": "# Wrong: ignores the weights.\ndef weighted_mean(x, w):\n    return x.mean()\n",
    "D1/mutant_count": "# Wrong: divides by the count.\ndef weighted_mean(x, w):\n    return (w * x).mean()\n",
    "D1/mutant_detached": "# Wrong: right value, no gradient.\ndef weighted_mean(x, w):\n    return (w * x.detach() + 0 * x).sum() / w.sum()\n",
    "D1/mutant_softmax": "# Wrong: takes the weights for logits.\ndef weighted_mean(x, w):\n    return (torch.softmax(w, 0) * x).sum()\n",
}


def write_tiny(root: Path) -> None:
    """Write the tiny course into `root`."""
    write_text(root / "course.yml", COURSE)
    write_notebook(root / "source" / MODULE / f"{MODULE}.ipynb", tiny_notebook())
    for name, text in ANSWERS.items():
        write_text(root / "tests" / "answers" / "m1" / f"{name}.py", text)


PYPROJECT = """\
[project]
name = "tiny-helpers"
version = "0.1.0"
description = "A package in miniature"
requires-python = ">=3.11"
license = "MIT"
dependencies = ["torch>=2.9,<3"]

[project.optional-dependencies]
staff = ["nbgrader>=0.9.6"]

[project.scripts]
course = "staff.cli:main"
"""


def write_package(root: Path) -> None:
    """What a release's zip is made of beside the notebook: a package `helpers`, its project file, environment and licence."""
    write_text(root / "pyproject.toml", PYPROJECT)
    write_text(root / "helpers" / "__init__.py", '"""A package in miniature."""\n\nANSWER = 42\n')
    write_text(root / "helpers" / "data" / "LICENCES.md", "Nothing here.\n")
    write_text(root / "helpers" / "__pycache__" / "stale.pyc", "no source\n")
    write_text(root / "environment.yml", "name: tiny\ndependencies:\n  - pip:\n      - torch>=2.9,<3\n      - -e .\n")
    write_text(root / "LICENSE", "MIT License\n")
