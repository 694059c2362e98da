"""Rules on the questions of the oral exams: enough of them, none for yes or no, no twins, and nothing named that does not exist."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from staff.config import Course, CourseError, Module
from staff.notebook import read_notebook
from staff.oral_bank import Bank, Question, bank_path, load_bank
from staff.problems import Problem, parse, top_level_names

PER_TASK, THEORY = 2, 8  # questions: on each E and D task, and at level C
LENGTHS = {
    "question": (60, 700), "follow_up": (30, 350), "follow_up_answer": (15, 450),
    "must": (15, 450), "good": (15, 450), "answer": (8, 300), "reply": (20, 350),
}  # fmt: skip
TWINS = 0.75  # two questions that share more than this part of their words ask the same
VERBS = "is are was were does do did can could has have had will would should shall may might must am"
YES_NO = re.compile(rf"^(?:{VERBS.replace(' ', '|')})(?:n['’]t)?\b", re.IGNORECASE)
OPEN = re.compile(r"\b(what|which|why|how|where|when|who|whose)\b", re.IGNORECASE)
WHETHER = re.compile(r"\b(say|tell me|tell us|decide|judge|state) (whether|if)\b", re.IGNORECASE)
TAG = re.compile(r"(\bor not|, (right|correct|true)|n['’]t (it|they|he|she|you))\?$", re.IGNORECASE)
SENTENCE = re.compile(r"[^.?!]*(?:[.](?=\S)[^.?!]*)*[.?!]")
FORMULA = re.compile(r"[=≈≤≥≠∝]")
NAME = re.compile(r"`([A-Za-z_]\w*)(?:\([^`]*\))?`")


@dataclass(frozen=True)
class Known:
    """What a question may refer to: names and ids of the notebook, words of its code, and tests of formulas."""

    names: frozenset[str]
    words: frozenset[str]
    tests: frozenset[str]
    tests_file: str


def check_bank(course: Course, root: Path, module: Module) -> Iterator[Problem]:
    """All of this file's rules for one module; a module without questions has no problem."""
    file = bank_path(root, module).relative_to(root).as_posix()
    try:
        bank = load_bank(root, module)
        known = _known(root, module) if bank else None
    except CourseError as error:
        for line in str(error).splitlines():
            yield Problem(file, "", "oral", line.removeprefix(f"{file}: "))
        return
    if bank is None or known is None:
        return
    if bank.module != module.id:
        yield Problem(file, "", "oral", f"module = {bank.module!r}; this is the file of {module.id!r}, correct it")
    rules = [_identity(bank, module), _amount(bank, module), _twins(bank), _orphans(bank, known)]
    for question in bank.questions:
        rules += [_wording(question), _lengths(question), _references(question, known, module), _formulas(question, known)]
    for rule in rules:
        for message in rule:
            yield Problem(file, "", "oral", message)


def check_bank_files(course: Course, root: Path) -> Iterator[Problem]:
    """Every file of staff/oral is a module's: a misspelt one would be overlooked."""
    folder, known = root / "staff" / "oral", {f"{module.key}.yml" for module in course.modules}
    for path in sorted(folder.iterdir()) if folder.is_dir() else []:
        if path.name not in known and path.name != "README.md":
            yield Problem(f"staff/oral/{path.name}", "", "oral", f"{path.name!r} is no module's file of questions; they are called m1.yml, m2.yml …")


def _known(root: Path, module: Module) -> Known:
    notebook = read_notebook(root / "source" / module.id / f"{module.id}.ipynb")
    code = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    names = {str(cell.get("id")) for cell in notebook.cells} | set(module.tasks)
    for source in code:
        names |= top_level_names(tree) if (tree := parse(source)) else set()
    where = Path("tests", "oral", f"test_{module.key}*_formulas.py")
    trees = [parse(path.read_text(encoding="utf-8")) for path in sorted(root.glob(where.as_posix()))]
    defined = [node for tree in trees if tree for node in tree.body if isinstance(node, ast.FunctionDef)]
    tests = {node.name for node in defined if node.name.startswith("test_")}
    words = set(re.findall(r"\w+", "\n".join(code)))
    return Known(frozenset(names), frozenset(words), frozenset(tests), where.as_posix())


def _identity(bank: Bank, module: Module) -> Iterator[str]:
    seen: set[str] = set()
    for question in bank.questions:
        if question.id in seen:
            yield f"{question.id}: the id stands twice; an id is one question's for ever, number the later one anew"
        seen.add(question.id)
        if not question.id.startswith(f"{module.key}-"):
            yield f"{question.id}: the id is of another module; here it begins with {module.key}-"
        if question.task is not None and question.task not in module.tasks:
            yield f"{question.id}.task = {question.task!r}: no such task of {module.id} in course.yml; there are {', '.join(module.tasks)}"
        if question.topic is not None and question.topic not in module.exam_topics:
            yield f"{question.id}.topic = {question.topic!r}: not under exam_topics of {module.id}; there are: {'; '.join(module.exam_topics)}"


def _amount(bank: Bank, module: Module) -> Iterator[str]:
    for task in module.tasks:
        found = len(bank.of_task(task))
        if task[0] in "ED" and found < PER_TASK:
            yield f"{found} questions on {task}; every E and D task has {PER_TASK} or more, write {PER_TASK - found}"
    theory = bank.of_level("C")
    if len(theory) < THEORY:
        yield f"{len(theory)} questions at level C; {THEORY} or more are wanted, write {THEORY - len(theory)}"
    for topic in module.exam_topics:
        if topic not in {question.topic for question in theory}:
            yield f"no question at level C on {topic!r}, an exam topic of {module.id} in course.yml; write one"


def _twins(bank: Bank) -> Iterator[str]:
    words = {question.id: set(re.findall(r"\w+", question.question.lower())) for question in bank.questions}
    for one, other in combinations(words, 2):
        shared = len(words[one] & words[other]) / max(1, len(words[one] | words[other]))
        if shared > TWINS:
            yield f"{other}: asks what {one} asks ({shared:.0%} of the words are the same); ask something else or remove it"


def closed(text: str) -> str | None:
    """The first sentence of `text` that a yes or a no would answer, None when there is none."""
    for match in SENTENCE.finditer(text):
        sentence = match.group().strip()
        if WHETHER.search(sentence):
            return sentence
        if not sentence.endswith("?"):
            continue
        clauses = [clause.strip(" `*(") for clause in re.split(r"[,;:–—]\s", sentence)]
        first = next((i for i, clause in enumerate(clauses) if OPEN.search(clause)), len(clauses))
        if TAG.search(sentence) or any(YES_NO.match(clause) for clause in clauses[: first + 1]):
            return sentence
    return None


def _wording(question: Question) -> Iterator[str]:
    for key, text in (("question", question.question), ("follow_up", question.follow_up)):
        if sentence := closed(text):
            yield f"{question.id}.{key} = {sentence!r}: a yes or a no would answer it; ask what, which, why or how, or say: show, explain, derive"


def _lengths(question: Question) -> Iterator[str]:
    for key, text in question.texts().items():
        low, high = LENGTHS[next(part for part in key.split(".") if part in LENGTHS)]
        if not low <= len(text) <= high:
            remedy = "say more" if len(text) < low else "shorten or split it"
            yield f"{question.id}.{key} = {text[:40]!r}…: {len(text)} characters, {low} to {high} are wanted; {remedy}"


def _references(question: Question, known: Known, module: Module) -> Iterator[str]:
    if question.task is not None and not question.refers_to:
        yield f"{question.id}.refers_to is empty; name what of the student's own it is about: a function, a figure's cell id, or the task"
    for name in question.refers_to:
        if name not in known.names:
            yield f"{question.id}.refers_to = {name!r}: no name that source/{module.id} defines, no id of a cell, no task; correct or remove it"
    for key, text in (("question", question.question), ("follow_up", question.follow_up)):
        for name in NAME.findall(text):
            if name not in known.words:
                yield f"{question.id}.{key} = `{name}`: the name stands nowhere in the code of source/{module.id}; correct it"


def _formulas(question: Question, known: Known) -> Iterator[str]:
    for name in question.checked_by:
        if name not in known.tests:
            yield f"{question.id}.checked_by = {name!r}: no such test in {known.tests_file}; write it or correct the name"
    if question.checked_by or question.unchecked:
        return
    for key, text in question.texts().items():
        if FORMULA.search(text) and not key.endswith(".answer"):  # a wrong answer may hold a wrong formula
            yield (
                f"{question.id}.{key} = {text[:40]!r}…: holds a formula that no computation checks; "
                f"name its test under checked_by, or give the reason under unchecked"
            )
            return


def _orphans(bank: Bank, known: Known) -> Iterator[str]:
    used = {name for question in bank.questions for name in question.checked_by}
    for name in sorted(known.tests - used):
        yield f"{known.tests_file}: {name} checks no question; name it under checked_by or remove it"
