"""`course explain STUDENT`: the grade with its reasons as one page that can be sent to the student. Nobody else is on it."""

from __future__ import annotations

from pathlib import Path

from staff.config import Course, Module
from staff.deadlines import course_end, window
from staff.grade import STEPS, Decision, Level, Notebook
from staff.grades_table import sign
from staff.moments import now
from staff.notebook import write_text
from staff.pages import render
from staff.raise_plan import Plan, raise_plan
from staff.standing import Entry, Standing
from staff.work import disclosed

LEVELS = {
    Level.F: "not passed yet",
    Level.E: "E: comprehension of the notebooks",
    Level.D: "D: comprehension of own loss-function and metric code",
    Level.C: "C: key theory re-stated",
}
STATES = {"counts": "counts", "not handed in": "not handed in", "late": "late, does not count", "undisclosed": "disclosure untouched, does not count"}
LOOKS = {"D": "passed", "E": "passed", "✎": "waiting", "✗": "failed", "◷": "failed", "§": "failed", "–": "none"}


def explain_path(root: Path, student: str) -> Path:
    return root / "reports" / "explain" / f"{student}.html"


def write_explanation(course: Course, root: Path, standing: Standing) -> Path:
    """Write the page; returns its file."""
    path = explain_path(root, standing.student)
    write_text(path, explanation(course, standing))
    return path


def explanation(course: Course, standing: Standing) -> str:
    """The page as HTML."""
    modules = [(module, standing.record.notebooks[module.id]) for module in course.modules if module.graded]
    orals = [(oral.title, LEVELS[standing.record.orals[oral.id]], standing.record.orals[oral.id] > 0) for oral in course.orals]
    return render(
        "explain.html", course=course, standing=standing, decision=standing.decision, now=now().astimezone(course.zone),
        notebooks=[_row(module, notebook) for module, notebook in modules], orals=orals,
        missing=_steps(standing.decision), entries=[_entry(course, entry) for entry in standing.entries], plans=plans(course, standing),
        extensions={item: f"{until.astimezone(course.zone):%d %B %Y, %H:%M}" for item, until in standing.extensions.items()},
    )  # fmt: skip


def _steps(decision: Decision) -> list[tuple[str, list[str]]]:
    """What each better letter asks for beyond the one before it."""
    told: set[str] = set()
    steps = []
    for letter, words in decision.missing.items():
        steps.append((letter.value, [word for word in words if word not in told]))
        told |= set(words)
    return steps


def plans(course: Course, standing: Standing) -> list[Plan]:
    """After the course: the way to each better letter, or why there is none. Before and after that period there is none to show."""
    period, when = window(course), now()
    if period is None or not course_end(course) < when <= period[1]:
        return []
    letter = standing.decision.letter
    better = [step for step in STEPS if step.rank > letter.rank]
    return [raise_plan(standing.record, step, course.grades, standing.used, letter) for step in better]


def _row(module: Module, notebook: Notebook) -> dict[str, object]:
    mark = sign(notebook)
    missing = [task for task in (*notebook.missing_e, *notebook.missing_d) if task not in notebook.waiting]
    asked = [name for name, task in module.tasks.items() if task.kind == "core" or name in notebook.problems]  # of extra ones nothing is known
    solved = [task for task in asked if task not in (*notebook.missing_e, *notebook.missing_d)]
    state = STATES[notebook.state]
    if notebook.counts:
        state = {"D": "E and D tasks solved", "E": "E tasks solved", "✎": "waits to be read", "✗": "E tasks missing"}[mark]
    return {
        "title": f"{module.key[1:]} · {module.title}", "state": state, "look": LOOKS[mark], "sign": {"D": "✓", "E": "✓"}.get(mark, mark),
        "solved": ", ".join(solved) if notebook.counts else "", "missing": ", ".join(missing) if notebook.counts else "",
        "waiting": ", ".join(notebook.waiting),
    }  # fmt: skip


def _entry(course: Course, entry: Entry) -> dict[str, object]:
    what = f"{entry.item} handed in" if entry.kind == "notebook" else f"{entry.item}: {entry.value}"
    when = f"{entry.at.astimezone(course.zone):%d %b %Y %H:%M}" if entry.at else "without a time, counts as in time"
    counts = "counts" if entry.counts else f"does not count: {entry.why}"
    good = entry.counts
    if entry.attempt and good and not disclosed(course.module(entry.item), entry.attempt, course.grades):
        counts, good = "does not count: pledge and AI disclosure untouched, or refused by their check", False
    elif good and entry.kind in ("notebook", "oral"):
        counts = "counts; the best attempt decides"
    return {"what": what, "when": when, "counts": counts, "good": good, "renewed": entry.period == "renewed"}
