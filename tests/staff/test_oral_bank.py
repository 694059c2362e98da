"""The oral exams' questions: a good bank passes, and whatever is wrong with one is answered by file, question, value and remedy."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from staff.config import CourseError, load_course
from staff.lint import check_course, check_module
from staff.lint_oral import closed
from staff.notebook import write_text
from staff.oral_bank import Bank, bank_path, load_bank

Data = dict[str, Any]
SUBJECTS = [
    "doubling beside linear maps", "weights that are all equal", "gradients of weighted means", "limits for large samples",
    "medians and their advantages",
    "scale, unit, origin", "bias of estimates", "spread after averaging", "trimmed or winsorised data", "honesty about tools",
    "disclosed help from people", "code line by line", "figure without labels", "numbers far from zero", "tests against formulas",
]  # fmt: skip


def question(name: str, subject: str) -> Data:
    about = name.split("-")[1]
    subject_key = {"topic": "Means"} if about == "C" else {"task": about, "refers_to": ["m1-E1-code"]}
    return {
        "id": name,
        **subject_key,
        "level": about[0],
        "minutes": 4,
        "question": f"How would you explain {subject} at the board? What follows in practice?",
        "expected": {"must": ["Names the part that decides"], "good": ["Gives an example of it"]},
        "wrong": [{"answer": "It is obvious.", "reply": "Then show it for two numbers of your choice."}],
        "follow_up": "What would change if there were a single number?",
        "follow_up_answer": "Nothing, as one number is its own mean.",
    }


def good_bank() -> Data:
    names = [f"m1-C-q{k}" for k in range(1, 10)] + [f"m1-{task}-q{k}" for task in ("E0", "E1", "D1") for k in (1, 2)]
    return {"module": "m1_tiny", "questions": [question(name, subject) for name, subject in zip(names, SUBJECTS, strict=True)]}


def write_bank(root: Path, data: Data) -> None:
    write_text(root / "staff" / "oral" / "m1.yml", yaml.safe_dump(data, allow_unicode=True, sort_keys=False))


def said(root: Path) -> list[str]:
    return [str(problem) for problem in check_course(load_course(root), root)]


def by_id(data: Data, name: str) -> Data:
    return next(item for item in data["questions"] if item["id"] == name)


def put(name: str, **values: object) -> Callable[[Data], object]:
    return lambda data: by_id(data, name).update(values)


def without(*names: str) -> Callable[[Data], object]:
    return lambda data: data.update(questions=[item for item in data["questions"] if item["id"] not in names])


def twice(name: str) -> Callable[[Data], object]:
    return lambda data: data["questions"].append(copy.deepcopy(by_id(data, name)))


def test_no_bank_is_no_problem_and_a_good_one_neither(tiny_course: Path) -> None:
    course = load_course(tiny_course)
    assert load_bank(tiny_course, course.module("m1")) is None and said(tiny_course) == []
    write_bank(tiny_course, good_bank())
    bank = load_bank(tiny_course, course.module("m1"))
    assert isinstance(bank, Bank) and len(bank.of_task("E1")) == 2 and len(bank.of_level("C")) == 9
    assert said(tiny_course) == []
    assert check_module(course, tiny_course, course.module("m1")) == []


WRONG: list[tuple[Callable[[Data], object], list[str]]] = [
    # shape
    (put("m1-E1-q1", level="B"), ["questions.m1-E1-q1.level = 'B'", "'E', 'D' or 'C'"]),
    (put("m1-E1-q1", level="D"), ["m1-E1-q1", "level D with task E1", "E"]),
    (put("m1-E1-q1", task="E0"), ["m1-E1-q1", "the id says E1", "E0"]),
    (put("m1-E1-q1", task=None), ["m1-E1-q1", "level E is about a task", "give `task`"]),
    (put("m1-C-q1", topic=None), ["m1-C-q1", "level C is theory", "exam_topics"]),
    (put("m1-E1-q1", minutes=20), ["m1-E1-q1.minutes = 20", "less than or equal to 6"]),
    (put("m1-E1-q1", folow_up="What else, and why?"), ["m1-E1-q1.folow_up", "no such key"]),
    (put("m1-E1-q1", wrong=[]), ["m1-E1-q1.wrong", "at least 1"]),
    (put("m1-E1-q1", expected={"good": ["Gives an example of it"]}), ["m1-E1-q1.expected.must", "add it"]),
    (put("m1-E1-q1", follow_up=True), ["m1-E1-q1.follow_up = True", "string"]),
    (put("m1-E1-q1", id="E1-1"), ["E1-1", "pattern"]),
    (lambda data: data.update(questions=[]), ["questions", "at least 1"]),
    # who and how many
    (lambda data: data.update(module="m2_other"), ["module = 'm2_other'", "'m1_tiny'", "correct"]),
    (twice("m1-E1-q1"), ["m1-E1-q1: the id stands twice", "anew"]),
    (put("m1-E1-q1", id="m2-E1-q1"), ["m2-E1-q1", "begins with m1-"]),
    (put("m1-E1-q1", id="m1-E7-q1", task="E7"), ["m1-E7-q1.task = 'E7'", "E0, E1, D1"]),
    (put("m1-C-q1", topic="Modes"), ["m1-C-q1.topic = 'Modes'", "exam_topics", "Means"]),
    (without("m1-D1-q2"), ["1 questions on D1", "write 1"]),
    (without("m1-E0-q1", "m1-E0-q2"), ["0 questions on E0", "write 2"]),
    (without("m1-C-q1", "m1-C-q2"), ["7 questions at level C", "write 1"]),
    (without(*(f"m1-C-q{k}" for k in range(1, 10))), ["no question at level C on 'Means'", "write one"]),
    (put("m1-C-q2", question=question("m1-C-q1", SUBJECTS[0])["question"].replace("explain", "describe")), ["m1-C-q2: asks what m1-C-q1 asks"]),
    # wording
    (put("m1-E1-q1", question="Is the mean of your samples, as drawn in the figure, a linear function?"), ["m1-E1-q1.question", "a yes or a no"]),
    (put("m1-E1-q1", follow_up="In your figure, does the line bend at zero?"), ["m1-E1-q1.follow_up", "does the line bend", "why"]),
    (put("m1-E1-q1", question="Why so?"), ["m1-E1-q1.question = 'Why so?'", "7 characters", "say more"]),
    (put("m1-E1-q1", follow_up="Why is that so? " * 40), ["m1-E1-q1.follow_up", "shorten"]),
    (put("m1-E1-q1", expected={"must": ["Yes."]}), ["m1-E1-q1.expected.must.1 = 'Yes.'", "say more"]),
    (put("m1-E1-q1", wrong=[{"answer": "It is obvious.", "reply": "No."}]), ["m1-E1-q1.wrong.1.reply = 'No.'", "say more"]),
    # what it refers to
    (put("m1-E1-q1", refers_to=["tripled"]), ["m1-E1-q1.refers_to = 'tripled'", "source/m1_tiny", "remove"]),
    (put("m1-E1-q1", refers_to=[]), ["m1-E1-q1.refers_to is empty", "cell id"]),
    (put("m1-E1-q1", follow_up="What would `tripled` give for minus one?"), ["m1-E1-q1.follow_up = `tripled`", "stands nowhere"]),
    (put("m1-C-q1", checked_by=["test_nothing"]), ["m1-C-q1.checked_by = 'test_nothing'", "tests/oral/test_m1*_formulas.py", "write it"]),
    (put("m1-C-q1", expected={"must": ["The mean is sum / n = 3"]}), ["m1-C-q1.expected.must.1", "no computation checks", "unchecked"]),
]  # fmt: skip


@pytest.mark.parametrize(("spoil", "words"), WRONG, ids=[words[0][:40] for _, words in WRONG])
def test_what_is_wrong_is_said_with_file_question_value_and_remedy(tiny_course: Path, spoil: Callable[[Data], object], words: list[str]) -> None:
    data = good_bank()
    spoil(data)
    write_bank(tiny_course, data)
    lines = said(tiny_course)
    assert [line for line in lines if line.startswith("staff/oral/m1.yml: ") and all(word in line for word in words)], lines


@pytest.mark.parametrize("name", ["double", "weighted_mean", "m1-E1-code", "D1"])
def test_functions_cells_and_tasks_can_be_referred_to(tiny_course: Path, name: str) -> None:
    data = good_bank()
    by_id(data, "m1-E1-q1")["refers_to"] = [name]
    write_bank(tiny_course, data)
    assert said(tiny_course) == []


def test_formulas_name_their_tests_and_tests_their_questions(tiny_course: Path) -> None:
    data = good_bank()
    by_id(data, "m1-C-q1").update(expected={"must": ["The mean is sum / n = 3"]}, checked_by=["test_mean"])
    by_id(data, "m1-C-q2").update(expected={"must": ["The weights are w = 1 / n"]}, unchecked="It is how the weights are defined.")
    write_bank(tiny_course, data)
    write_text(tiny_course / "tests" / "oral" / "test_m1_formulas.py", "def helper() -> None: ...\n\n\ndef test_mean() -> None: ...\n")
    assert said(tiny_course) == []
    by_id(data, "m1-C-q1").update(checked_by=[], unchecked="It is too long to compute.")
    write_bank(tiny_course, data)
    assert any("test_mean checks no question" in line for line in said(tiny_course))


@pytest.mark.parametrize("text", [
    "Is it linear?", "Can't it be negative?", "Show me the line. Does it hold for B = 1?",
    "In your code, are the signs right?", "Say whether it is biased.",
    "It is linear, isn't it?", "The bound is tight, right?", "Tell me if it grows.", "Show it; has it a floor?", "The sum is 0.5. Should it be one?",
    "The loss falls to zero or not?", "If h is halved, will the error fall?", "`cfm_loss`: does it draw noise?", "Hasn't it a floor?",
])  # fmt: skip
def test_a_question_for_yes_or_no_is_found(text: str) -> None:
    assert closed(text) is not None


@pytest.mark.parametrize("text", [
    "What is it, and why does it fall?", "Show me the line that is right.", "Where, in your code, is the sign?",
    "If h is halved, what will the error do?",
    "Isolate the term. How does it scale?", "Which of the two is it, and what can one do?", "State the bound. It is tight for constants; why?",
    "Wasserstein or Euclidean: which distance did you use?", "Doubling x gives what?", "Explain v(x, t) = a x. When can it be solved?",
])  # fmt: skip
def test_an_open_question_passes(text: str) -> None:
    assert closed(text) is None


def test_yaml_is_read_safely_and_no_text_is_lost(tiny_course: Path) -> None:
    module = load_course(tiny_course).module("m1")
    path = bank_path(tiny_course, module)
    for text, words in (
        ("module: !!python/object/apply:os.getcwd []\nquestions: []\n", "could not determine a constructor"),
        ("module: m1_tiny\nmodule: m1_tiny\nquestions: []\n", "'module' stands twice"),
        ("module: m1_tiny\nquestions: [\n", "not a readable YAML file"),
        ("", "valid dictionary"),
        ("- 1\n", "valid dictionary"),
    ):
        write_text(path, text)
        with pytest.raises(CourseError, match=words) as caught:
            load_bank(tiny_course, module)
        assert str(caught.value).startswith("staff/oral/m1.yml: ")
        assert said(tiny_course)
    path.write_bytes(b"module: \xff\xfe")
    with pytest.raises(CourseError, match=r"staff/oral/m1\.yml: not a readable YAML file"):
        load_bank(tiny_course, module)


@pytest.mark.parametrize("name", ["m4.yml", "m1.yaml", "tiny.yml"])
def test_a_file_that_no_module_owns_is_told(tiny_course: Path, name: str) -> None:
    write_text(tiny_course / "staff" / "oral" / name, "module: m1_tiny\n")
    assert any(line.startswith(f"staff/oral/{name}: ") and "m1.yml" in line for line in said(tiny_course))


def test_a_bank_without_its_notebook_is_told(tiny_course: Path) -> None:
    write_bank(tiny_course, good_bank())
    (tiny_course / "source" / "m1_tiny" / "m1_tiny.ipynb").unlink()
    assert any("staff/oral/m1.yml" in line and "no such notebook" in line for line in said(tiny_course))
