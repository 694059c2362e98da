"""`course autograde`: read the submissions of a module, run an engine, write the report."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from staff.accept import Decision
from staff.config import Course, CourseError, Module
from staff.engine import Change, Graded
from staff.intake import Master, Submission, hand_ins, load_master, read_each
from staff.late_days import own_due_dates
from staff.notebook import write_text
from staff.outcomes import Result
from staff.record import open_record
from staff.stock import StockEngine

Progress = Callable[[int, int, str], None]  # done, of how many, whose turn it was
RESULTS = TypeAdapter(list[Result])
ENGINES = ("judge", "nbgrader")


def autograde(
    course: Course,
    root: Path,
    module: str,
    students: list[str] | None = None,
    engine: str = "judge",
    progress: Progress = lambda done, total, what: None,
    *,
    workers: int = 2,
    regrade: bool = False,
    sandbox: bool = True,
    scheduler: str | None = None,
) -> Graded:
    """Grade the submissions of the module (or those of `students`), and write the report.

    Every submission gets a result, and every graded cell in it an outcome. The judge grades what is new, and with `regrade`
    also what its tests changed under; the stock engine grades all of them again.
    """
    if engine not in ENGINES:
        raise CourseError(f"--engine {engine}: no such engine; there are: {', '.join(ENGINES)}")
    master = load_master(course, root, module)
    found = hand_ins(root, master.module.id, students)
    _refuse_nothing(root, master.module, list(found), students)
    submissions = read_each(found.values(), master, course.due(master.module), own_due_dates(course, root, master.module))
    if engine == "judge":
        from staff.judging import judge  # torch takes seconds to import, and who only reads results needs none

        def tell(done: int, who: str) -> None:
            progress(done, len(found), who)

        graded = judge(course, root, master, submissions, tell, workers=workers, regrade=regrade, sandbox=sandbox, scheduler=scheduler)
    else:
        graded = _stock(course, root, master, list(submissions), progress, workers)
    write_report(root, master.module, graded.results, keep_others=students is not None)
    return graded


def _stock(course: Course, root: Path, master: Master, submissions: list[Submission], progress: Progress, workers: int) -> Graded:
    results: list[Result] = []
    for result in StockEngine(course, root, workers).grade(master, submissions):
        results.append(result)
        progress(len(results), len(submissions), result.student)
    results.sort(key=lambda result: result.student)
    return Graded(results, [result.student for result in results])


def _refuse_nothing(root: Path, module: Module, found: list[str], wanted: list[str] | None) -> None:
    where = f"submitted/<student>/{module.id}/{module.id}.zip (or .ipynb)"
    missing = sorted(set(wanted or []) - set(found))
    if missing:
        raise CourseError(f"{root / 'submitted'}: nothing of {', '.join(missing)} for {module.id}; hand-ins lie in {where}")
    if not found:
        remedy = f"put each hand-in into {where}, or make a sample class with `course demo`"
        raise CourseError(f"{root / 'submitted'}: no submission of {module.id}; {remedy}")


def accept_all(course: Course, root: Path, module: str, decision: Decision) -> list[Change]:
    """Let a test count as passed for everybody who answered it, or no longer: in the log, the gradebook and the report.

    Returns the scores that this changed. Raises CourseError for a test that is not there, or without a name or a reason.
    """
    master = load_master(course, root, module)
    tests = [cell.label or "" for cell in master.graded if not cell.solution]
    if decision.grade_id not in tests:
        raise CourseError(f"{master.module.id}: no test {decision.grade_id!r}; its tests are: {', '.join(tests)}")
    if not decision.who.strip() or not decision.why.strip():
        raise CourseError(f"{decision.grade_id}: a decision is logged with a name and a reason; give --by NAME --reason TEXT")
    with open_record(course, root, master) as record:
        changes = record.decide(decision)
        results = [record.counted(result) for _, result in record.known().values()]
    if results:
        write_report(root, master.module, results, keep_others=True)
    return changes


def decision_log(course: Course, root: Path, module: str) -> list[Decision]:
    """Every decision about a test of the module, oldest first."""
    with open_record(course, root, load_master(course, root, module)) as record:
        return record.log


def report_path(root: Path, module: Module) -> Path:
    return root / "reports" / f"autograde-{module.key}.json"


def write_report(root: Path, module: Module, results: list[Result], keep_others: bool = False) -> None:
    """Write the list of results; with `keep_others`, students who were not graded now keep theirs."""
    path = report_path(root, module)
    graded = {result.student for result in results}
    others = [result for result in read_report(root, module) if result.student not in graded] if keep_others and path.exists() else []
    rows = sorted([*others, *results], key=lambda result: result.student)
    write_text(path, RESULTS.dump_json(rows, indent=1).decode() + "\n")


def read_report(root: Path, module: Module) -> list[Result]:
    """The results of the last run. Raises CourseError where there are none or the file is broken."""
    path = report_path(root, module)
    try:
        return RESULTS.validate_json(path.read_bytes())
    except FileNotFoundError:
        raise CourseError(f"{path}: not there; run `course autograde {module.key}` first") from None
    except ValidationError as error:
        raise CourseError(f"{path}: broken ({error.error_count()} errors); run `course autograde {module.key}` again") from None
