"""The pages for students and for the team in a real browser without network: nothing wider than the window, nothing asked for elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright
from typer.testing import CliRunner

from staff.cli import app
from staff.config import load_course
from staff.database import make_gradebook
from staff.engine import ungraded
from staff.feedback import write_feedback
from staff.grading import write_report
from staff.intake import load_master, read_submission
from staff.notebook import write_text
from staff.outcomes import Finding, FindingKind, Outcome
from tests.browser.deck import CHROMIUM, FLAGS
from tests.staff.class_of import attempt
from tests.staff.gradebooks import fill, write_course
from tests.staff.hand_ins import MODULE, notebook
from tests.staff.tiny import write_tiny

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium: install Debian's package `chromium`")
LONG = "maria-magdalena.von-und-zu.lindqvist@students.example.org"
EVENTS = """event,student,item,value,at,by,reason
oral,alice,1,C,2020-09-17,KM,
oral,alice,2,E,2020-10-15,KM,
quiz,alice,,passed,2020-10-16,,
extension,alice,m2,2020-09-20,2020-09-09,KM,"a reason that is long: the whole story of the illness, dates, a letter"
video,alice,,accepted,2020-12-30,,
"""
WIDE = """() => {
  const found = [], width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) found.push(`the page is ${document.documentElement.scrollWidth} wide in a window of ${width}`);
  for (const e of document.querySelectorAll("main *")) {
    const inner = e.parentElement.closest(".scroll");
    if (!inner && e.getBoundingClientRect().right > width + 1) found.push(`${e.tagName} leaves the window: ${e.textContent.trim().slice(0, 50)}`);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Dashboard, explanation, queue and feedback of a class with a long name in it."""
    root = tmp_path_factory.mktemp("pages")
    make_gradebook(write_course(root), root)
    hand_ins = [attempt(student=name, E1_reflect=None) for name in ("alice", "bob", LONG)]
    fill(root, [*hand_ins, attempt("m2_small", "2020-09-22 12:00"), attempt("m2_small", "2020-09-09 12:00", LONG, E0_check_disclosure=0)])
    write_text(root / "events.csv", EVENTS)
    asked = ["request", LONG, "m1-D1-hidden", "--reason", "a_reason_without_any_space_" * 8]
    for words in (["record", "--from", str(root / "events.csv")], asked, ["explain", "alice"], ["explain", LONG], ["dashboard"], ["queue"]):
        done = CliRunner().invoke(app, [*words, "--root", str(root)], env={"COURSE_NOW": "2020-12-31T12:00+01:00"})
        assert done.exit_code == 0, done.exception or done.output
    return [*sorted((root / "reports").rglob("*.html")), _feedback(root / "tiny")]


def _feedback(root: Path) -> Path:
    write_tiny(root)
    folder = root / "submitted" / LONG / MODULE
    folder.mkdir(parents=True)
    code = "def double(x):\n    return 2 * x  # " + "a comment without an end " * 20
    (folder / f"{MODULE}.ipynb").write_bytes(notebook(**{"m1-E1-code": code, "m1-E1-reflect": "Because_" * 60}))
    course = load_course(root)
    master = load_master(course, root, "m1")
    result = ungraded(master, read_submission(folder, master, None), Outcome.ERROR, "NameError: " + "x" * 200)
    result.findings.append(Finding(kind=FindingKind.MALFORMED, message="a name that is long: " + "n" * 150))
    write_report(root, course.module("m1"), [result])
    return write_feedback(course, root, "m1")[0]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


def problems(browser: Browser, path: Path, width: int, shot: Path) -> list[str]:
    """What is too wide on a page, what it asks for elsewhere, and its errors; `shot` gets a picture of it."""
    found: list[str] = []
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.on("request", lambda request: None if request.url.startswith(("file:", "data:")) else found.append(request.url))
    page.on("console", lambda message: found.append(message.text) if message.type == "error" else None)
    page.goto(path.as_uri())
    found += page.evaluate(WIDE)
    page.screenshot(path=shot, full_page=True)
    page.close()
    return [f"{path.name}: {one}" for one in found]


@pytest.mark.parametrize("width", [1280, 400])
def test_pages_fit_the_window_and_ask_nobody(pages: list[Path], browser: Browser, width: int, tmp_path: Path) -> None:
    assert len(pages) == 5
    wrong = [one for number, path in enumerate(pages) for one in problems(browser, path, width, tmp_path / f"{number}-{width}.png")]
    assert not wrong, "\n".join(wrong)
