"""The grades of a class: a table for the terminal, JSON and CSV for other programs, with names or with pseudonyms."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from staff.config import Course
from staff.grade import Level, Notebook
from staff.standing import Standing

LOOKS = {"F": "red", "Fx": "dark_orange", "A": "bold green"}
STATES = {"not handed in": "–", "late": "◷", "undisclosed": "§"}
LEGEND = "D, E the tasks of that tier solved · ✎ waits to be read · ✗ E tasks missing · ◷ late · § no disclosure · – not handed in · ! see warnings"


def sign(notebook: Notebook) -> str:
    """What a notebook reaches, in one letter."""
    if not notebook.counts:
        return STATES[notebook.state]
    if notebook.missing_e:
        return "✎" if set(notebook.missing_e) <= set(notebook.waiting) else "✗"
    return "E" if notebook.missing_d else "D"


def problems_of(standing: Standing) -> int:
    return sum(len(notebook.solved_problems) for notebook in standing.record.notebooks.values())


def table(course: Course, found: Sequence[Standing], names: Mapping[str, str] | None = None) -> Table:
    """Student by item."""
    shown = Table(title=f"{course.title}: grades", caption=LEGEND, title_justify="left", caption_justify="left", padding=(0, 1, 0, 0))
    shown.add_column("student", style="bold", no_wrap=True)
    modules, orals = _short(course)
    for head in ("grade", *modules, *orals, "quiz", "A+B", "vid", "sem"):
        shown.add_column(head, justify="center", no_wrap=True)
    for standing in found:
        letter = standing.decision.letter.value
        record = standing.record
        marks = [sign(notebook) for notebook in record.notebooks.values()]
        levels = [level.name if level else "–" for level in record.orals.values()]
        done = [_yes(record.quiz), str(problems_of(standing)), _yes(record.video), _yes(record.seminar)]
        told = f"{letter}{'*' if standing.override else ''}{' !' if standing.warnings else ''}"
        name = names[standing.student] if names else standing.student
        shown.add_row(Text(name), Text(told, style=LOOKS.get(letter, "green")), *marks, *levels, *done)
    if any(standing.override for standing in found):
        shown.caption = f"{LEGEND} · * by an examiner's decision"
    return shown


def _short(course: Course) -> tuple[list[str], list[str]]:
    return [module.key for module in course.modules if module.graded], [oral.id.replace("oral", "o") for oral in course.orals]


def _yes(value: bool) -> str:
    return "✓" if value else "–"


def as_dict(standing: Standing, names: Mapping[str, str] | None = None) -> dict[str, object]:
    """A standing as plain data. With pseudonyms, nothing that people wrote in their own words is in it."""
    decision, reasons = standing.decision, list(standing.decision.reasons)
    if names and standing.override:
        reasons[0] = f"{standing.override.value} by decision of an examiner"
    orals = {name: Level(level).name for name, level in standing.record.orals.items()}
    return {
        "student": names[standing.student] if names else standing.student,
        "grade": decision.letter.value,
        "override": standing.override is not None,
        "reasons": reasons,
        "missing": {letter.value: list(words) for letter, words in decision.missing.items()},
        "warnings": list(standing.warnings),
        "record": {**asdict(standing.record), "orals": orals},
    }


def as_json(found: Sequence[Standing], names: Mapping[str, str] | None = None) -> str:
    return json.dumps([as_dict(standing, names) for standing in found], indent=1, ensure_ascii=False) + "\n"


def as_csv(course: Course, found: Sequence[Standing], names: Mapping[str, str] | None = None) -> str:
    """One row a student; the last columns say why in words."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    modules = [module.id for module in course.modules if module.graded]
    orals = [oral.id for oral in course.orals]
    writer.writerow(["student", "grade", *modules, *orals, "quiz", "problems", "video", "seminar", "why", "warnings"])
    for standing in found:
        told, record = as_dict(standing, names), standing.record
        marks = [_word(record.notebooks[name]) for name in modules]
        levels = [record.orals[name].name for name in orals]
        done = [str(int(value)) for value in (record.quiz, problems_of(standing), record.video, record.seminar)]
        reasons = told["reasons"]
        why = " · ".join(reasons) if isinstance(reasons, list) else ""
        writer.writerow([told["student"], standing.decision.letter.value, *marks, *levels, *done, why, " · ".join(standing.warnings)])
    return file.getvalue()


def _word(notebook: Notebook) -> str:
    return {"✎": "to be read", "✗": "E missing"}.get(sign(notebook), sign(notebook)) if notebook.counts else notebook.state
