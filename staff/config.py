"""`course.yml`: its shape, its checks, and what follows from it (dates, tasks, folders)."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import yaml
from pydantic import Field, ValidationError, field_validator, model_validator

from staff.grade_rules import GradeRules
from staff.moments import Moment, Strict
from staff.occasions import Holiday, Occasion, Sessions

MODULE_ID = r"^m[1-9]_[a-z]+$"
LECTURE_ID = r"^lec\d\d_[a-z_]+$"
STUDENT_ID = re.compile(r"^[\w@]([\w.@ -]{0,98}[\w.@-])?$")
POINT_KEY = r"^(check|hidden|reflect|code)(-[a-z0-9_]+)?$"


class CourseError(Exception):
    """Something a person wrote is wrong; the message names the file, the key or value, and the remedy."""


class Tier(StrEnum):
    E = "E"
    D = "D"
    AB = "A+B"


class Task(Strict):
    title: str
    topics: list[str] = Field(default_factory=list)
    kind: Literal["core", "extra"] = "core"
    points: dict[Annotated[str, Field(pattern=POINT_KEY)], Annotated[int, Field(ge=1)]]
    minutes: Annotated[int, Field(ge=1, le=600)]
    outcomes: Annotated[list[str], Field(min_length=1)]

    @property
    def total(self) -> int:
        return sum(self.points.values())


class Module(Strict):
    id: Annotated[str, Field(pattern=MODULE_ID)]
    title: str
    cpu_minutes: Annotated[float, Field(gt=0, le=30)]
    release: Moment
    help: Moment | None = None
    due: Moment | None = None
    graded: bool = True
    quiz_due: Moment | None = None
    exam_topics: list[str]
    tasks: dict[Annotated[str, Field(pattern=r"^(E\d+|D\d+|AB\d+)$")], Task] = Field(default_factory=dict)
    errata: dict[Annotated[str, Field(pattern=r"^\d{4}\.\d+$")], Annotated[list[str], Field(min_length=1)]] = Field(default_factory=dict)

    @property
    def key(self) -> str:
        """The short name that cell ids and answer folders use: `m3`."""
        return self.id.split("_")[0]

    @model_validator(mode="after")
    def _dated(self) -> Module:
        if self.graded and (self.due is None or self.help is None):
            raise ValueError("a graded module needs `due` and `help`; or say `graded: false`")
        return self


class Lecture(Strict):
    id: Annotated[str, Field(pattern=LECTURE_ID)]
    module: str
    title: str
    at: Moment


class Oral(Strict):
    id: str
    title: str
    modules: Annotated[list[str], Field(min_length=1)]
    at: Moment


class AiPolicy(Strict):
    assignments: Literal["disclose", "cite", "forbidden"]
    quiz: Literal["disclose", "cite", "forbidden"]
    orals: Literal["disclose", "cite", "forbidden"]
    video: Literal["disclose", "cite", "forbidden"]
    seminar: Literal["disclose", "cite", "forbidden"]


class LatePolicy(Strict):
    late_days: Annotated[int, Field(ge=0)]
    max_per_assignment: Annotated[int, Field(ge=0)]


class Policies(Strict):
    ai: AiPolicy
    late: LatePolicy


class Weeks(Strict):
    teaching: Annotated[int, Field(ge=1)]
    exam: Annotated[int, Field(ge=0)]


class Limits(Strict):
    cell_seconds: Annotated[int, Field(ge=5)]
    smoke_minutes: Annotated[float, Field(gt=0)]
    core_hours: Annotated[float, Field(gt=0)]


class Course(Strict):
    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    title: str
    version: Annotated[str, Field(pattern=r"^\d{4}\.\d+$")]
    start_date: date
    timezone: str
    weeks: Weeks
    outcomes: dict[str, str]
    policies: Policies
    limits: Limits
    grades: GradeRules = GradeRules()
    orals: list[Oral]
    modules: list[Module]
    lectures: list[Lecture]
    lectures_per_module: list[Annotated[int, Field(ge=0)]] = Field(default_factory=list)
    sessions: Sessions = Sessions()
    holidays: list[Holiday] = Field(default_factory=list)
    events: list[Occasion] = Field(default_factory=list)

    @field_validator("start_date")
    @classmethod
    def _monday(cls, value: date) -> date:
        if value.weekday() != 0:
            raise ValueError(f"{value} is a {value:%A}; week 1 begins on a Monday")
        return value

    @field_validator("timezone")
    @classmethod
    def _zone(cls, value: str) -> str:
        try:
            ZoneInfo(value)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(f"{value!r} is no time zone; write a name such as Europe/Stockholm") from error
        return value

    @model_validator(mode="after")
    def _consistent(self) -> Course:
        problems = [*self._duplicates(), *self._unknown_names(), *self._impossible_dates()]
        if problems:
            raise ValueError("; ".join(problems))
        return self

    def _duplicates(self) -> list[str]:
        groups = {
            "modules": [module.id for module in self.modules],
            "lectures": [lecture.id for lecture in self.lectures],
            "orals": [oral.id for oral in self.orals],
            "events": [event.id for event in self.events],
        }
        problems = []
        for name, ids in groups.items():
            problems += [f"{name}: {i!r} stands twice; ids are unique" for i in sorted({i for i in ids if ids.count(i) > 1})]
        return problems

    def _unknown_names(self) -> list[str]:
        known = {module.id for module in self.modules}
        problems = [f"lectures.{lecture.id}.module: no module {lecture.module!r}" for lecture in self.lectures if lecture.module not in known]
        problems += [f"orals.{oral.id}.modules: no module {m!r}" for oral in self.orals for m in oral.modules if m not in known]
        for module in self.modules:
            holders = [oral.id for oral in self.orals if module.id in oral.modules]
            if module.graded and len(holders) != 1:
                problems.append(f"orals: {module.id} is in {holders or 'no oral'}; a graded module is in exactly one")
            for name, task in module.tasks.items():
                for outcome in task.outcomes:
                    if outcome not in self.outcomes:
                        problems.append(f"modules.{module.id}.tasks.{name}.outcomes: {outcome!r} is not under `outcomes`")
        return problems

    def _impossible_dates(self) -> list[str]:
        problems = []
        last = self.weeks.teaching + self.weeks.exam
        for module in self.modules:
            if module.due and module.help:
                release, help_, due = (self.when(m) for m in (module.release, module.help, module.due))
                if not release < help_ < due:
                    problems.append(f"modules.{module.id}: release < help < due is needed, got {release:%d %b} < {help_:%d %b} < {due:%d %b}")
                if module.due.week > last:
                    problems.append(f"modules.{module.id}.due: week {module.due.week} is after the last week, {last}")
        return problems

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)

    @cached_property
    def start(self) -> datetime:
        """Midnight before the first day."""
        return datetime.combine(self.start_date, time(), self.zone)

    def when(self, moment: Moment) -> datetime:
        return moment.on(self.start_date, self.zone)

    def due(self, module: Module) -> datetime | None:
        return self.when(module.due) if module.due else None

    def module(self, name: str) -> Module:
        """The module called `m3_flows`, `m3` or `3`."""
        for module in self.modules:
            if name in (module.id, module.key, module.key[1:]):
                return module
        raise CourseError(f"no module {name!r} in course.yml; there are: {', '.join(m.id for m in self.modules)}")

    def oral(self, name: str) -> Oral:
        """The oral exam called `oral1` or `1`."""
        for number, oral in enumerate(self.orals, 1):
            if name in (oral.id, str(number)):
                return oral
        raise CourseError(f"no oral exam {name!r}; there are {', '.join(oral.id for oral in self.orals)}")

    def lecture(self, name: str) -> Lecture:
        """The lecture called `lec07_flows`, `lec07`, `07` or `7`."""
        for lecture in self.lectures:
            short = lecture.id.split("_")[0]
            if name in (lecture.id, short, short[3:], short[3:].lstrip("0")):
                return lecture
        raise CourseError(f"no lecture {name!r} in course.yml; there are: {', '.join(item.id for item in self.lectures)}")


def tier_of(task: str) -> Tier:
    """The tier of a task from its name: E1 -> E, D2 -> D, AB1 -> A+B."""
    return Tier.AB if task.startswith("AB") else Tier(task[0])


def load_course(root: Path) -> Course:
    """Read and check `course.yml` in `root`. Raises CourseError that names key, value and remedy."""
    path = root / "course.yml"
    try:
        data: Any = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(f"{path}: not found; run `course` in the course's folder, or give it with --root") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        said = str(error).replace('in "<unicode string>", ', "in ")
        raise CourseError(f"{path}: not valid YAML: {said}\nmend the line it names, or the one before it") from None
    if not isinstance(data, dict):
        raise CourseError(f"{path}: {'empty' if data is None else 'no keys with values'}; restore it from git")
    try:
        return Course.model_validate(data)
    except ValidationError as error:
        raise CourseError("\n".join(f"{path}: {explain(entry, data)}" for entry in error.errors())) from None


def explain(entry: Any, data: Any) -> str:
    """One pydantic error as `key = value: what is wrong; remedy`, lists named by their items' ids."""
    names: list[str] = []
    for part in entry["loc"]:
        try:
            data = data[part]
        except (KeyError, IndexError, TypeError):  # a missing key, or pydantic's own name for a branch
            data = None
        is_item = isinstance(part, int) and isinstance(data, dict) and "id" in data
        names.append(str(data["id"]) if is_item else str(part))
    key = ".".join(name for name in names if name != "[key]") or "the file"
    message = entry["msg"].removeprefix("Value error, ")
    remedies = {"missing": "add it", "extra_forbidden": "no such key here; remove it or correct its spelling", "string_type": 'write it in "quotes"'}
    shown = str(entry["input"]) if isinstance(entry["input"], date) else repr(entry["input"])
    value = f" = {shown}" if not isinstance(entry["input"], dict | list) else ""
    remedy = remedies.get(entry["type"])
    return f"{key}{value}: {message}" + (f"; {remedy}" if remedy else "")
