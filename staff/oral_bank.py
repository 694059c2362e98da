"""The questions of the oral exams, `staff/oral/mN.yml`: their shape, and reading them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError, model_validator

from staff.config import CourseError, Module, Strict, explain

QUESTION_ID = r"^m[1-9]-(E\d+|D\d+|C)-q[1-9]\d*$"
TASK = r"^(E\d+|D\d+)$"
Text = Annotated[str, Field(min_length=1)]


class Expected(Strict):
    """The points of a good answer: without the `must` it does not pass; the `good` ones make it a strong one."""

    must: Annotated[tuple[Text, ...], Field(min_length=1)]
    good: tuple[Text, ...] = ()


class WrongAnswer(Strict):
    """What students usually get wrong, and what the examiner says or asks then."""

    answer: Text
    reply: Text


class Question(Strict):
    """One question. Levels E and D are about a task that the student solved; level C is theory, about a topic of the exam."""

    id: Annotated[str, Field(pattern=QUESTION_ID)]
    task: Annotated[str, Field(pattern=TASK)] | None = None
    topic: Text | None = None
    level: Literal["E", "D", "C"]
    minutes: Annotated[int, Field(ge=3, le=6)]
    question: Text
    expected: Expected
    wrong: Annotated[tuple[WrongAnswer, ...], Field(min_length=1)]
    follow_up: Text
    follow_up_answer: Text
    refers_to: tuple[Text, ...] = ()  # names that the notebook's code defines, ids of its cells, or a task
    checked_by: tuple[Annotated[str, Field(pattern=r"^test_[a-z0-9_]+$")], ...] = ()  # tests that compute the formulas
    unchecked: Text | None = None  # why a formula is not checked by computation

    @property
    def about(self) -> str:
        """What the id names between module and number: the task, or C."""
        return self.id.split("-")[1]

    @model_validator(mode="after")
    def _one_subject(self) -> Question:
        if self.level == "C" and (self.topic is None or self.task is not None):
            raise ValueError("level C is theory: give `topic`, one of the module's exam_topics, and no `task`")
        if self.level != "C" and (self.task is None or self.topic is not None):
            raise ValueError(f"level {self.level} is about a task: give `task` and no `topic`")
        if self.task is not None and self.task[0] != self.level:
            raise ValueError(f"level {self.level} with task {self.task}; the level is the task's tier, {self.task[0]}")
        if self.about != (self.task or "C"):
            raise ValueError(f"the id says {self.about}, the question is about {self.task or 'theory (C)'}; make them agree")
        return self

    def texts(self) -> dict[str, str]:
        """Every text of the question by its key, for rules on wording."""
        found = {"question": self.question, "follow_up": self.follow_up, "follow_up_answer": self.follow_up_answer}
        found |= {f"expected.must.{i}": text for i, text in enumerate(self.expected.must, 1)}
        found |= {f"expected.good.{i}": text for i, text in enumerate(self.expected.good, 1)}
        for i, wrong in enumerate(self.wrong, 1):
            found |= {f"wrong.{i}.answer": wrong.answer, f"wrong.{i}.reply": wrong.reply}
        return found


class Bank(Strict):
    """All questions on one module."""

    module: str
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]

    def of_task(self, task: str) -> list[Question]:
        return [question for question in self.questions if question.task == task]

    def of_level(self, level: str) -> list[Question]:
        return [question for question in self.questions if question.level == level]


class UniqueKeys(yaml.SafeLoader):
    """Plain YAML in which a key that stands twice is an error: otherwise the first text would be lost without a word."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key.value!r} stands twice; remove one", key.start_mark)
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def bank_path(root: Path, module: Module) -> Path:
    """Where the questions on a module are."""
    return root / "staff" / "oral" / f"{module.key}.yml"


def load_bank(root: Path, module: Module) -> Bank | None:
    """The questions on a module, None where there are none yet. Raises CourseError that names file, question, key, value and remedy."""
    path = bank_path(root, module)
    if not path.exists():
        return None
    name = path.relative_to(root).as_posix()
    try:
        data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=UniqueKeys)  # a SafeLoader: builds no objects
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CourseError(f"{name}: not a readable YAML file: {error}; mend the line it names (quote texts that contain ': ')") from None
    try:
        return Bank.model_validate(data)
    except ValidationError as error:
        raise CourseError("\n".join(f"{name}: {explain(entry, data)}" for entry in error.errors())) from None
