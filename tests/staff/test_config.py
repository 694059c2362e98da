"""course.yml: the real one is right, and a wrong one is answered by key, value and remedy."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml

from staff.config import CourseError, Tier, load_course, tier_of

ROOT = Path(__file__).parents[2]


def spoilt(tmp_path: Path, old: str, new: str) -> Path:
    text = (ROOT / "course.yml").read_text()
    assert old in text, f"the test's text {old!r} is no longer in course.yml"
    (tmp_path / "course.yml").write_text(text.replace(old, new, 1))
    return tmp_path


def test_the_course_as_the_memo_has_it() -> None:
    course = load_course(ROOT)
    assert [m.key for m in course.modules] == [f"m{k}" for k in range(1, 9)]
    assert [m.id for m in course.modules if not m.graded] == ["m8_ethics"]
    per_module = [sum(lecture.module == m.id for lecture in course.lectures) for m in course.modules]
    assert per_module == [3, 2, 2, 2, 2, 2, 2, 1]
    weeks_due = [m.due.week for m in course.modules if m.due]
    assert weeks_due == [2, 3, 4, 5, 6, 7, 8]
    assert [oral.modules[-1] for oral in course.orals] == ["m3_flows", "m7_evaluation"]


def test_a_due_date_is_a_moment_in_the_courses_time_zone() -> None:
    course = load_course(ROOT)
    due = course.due(course.module("m1"))
    assert due == datetime(2026, 9, 4, 23, 59, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.mark.parametrize("name", ["m3_flows", "m3", "3"])
def test_a_module_by_any_of_its_names(name: str) -> None:
    assert load_course(ROOT).module(name).id == "m3_flows"


def test_tiers_follow_from_names() -> None:
    assert [tier_of(name) for name in ("E0", "D12", "AB1")] == [Tier.E, Tier.D, Tier.AB]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("start_date: 2026-08-24", "start_date: 2026-08-25", ["start_date", "2026-08-25", "Monday"]),
        ("timezone: Europe/Stockholm", "timezone: Stockholm", ["timezone", "'Stockholm'", "Europe/Stockholm"]),
        ("cpu_minutes: 4", "cpu_minutes: fast", ["modules.m1_synthesis.cpu_minutes", "'fast'", "number"]),
        ("cpu_minutes: 4", "cpu_minuets: 4", ["modules.m1_synthesis.cpu_minuets", "correct its spelling"]),
        ("title: Affine coupling, ", "", ["modules.m3_flows.tasks.E1.title", "add it"]),
        ('topics: ["3.2"], kind: core', 'topics: ["3.2"], kind: main', ["tasks.E1.kind", "'main'", "'core'"]),
        ("outcomes: [ethics]", "outcomes: [moral]", ["tasks.E0.outcomes", "'moral'"]),
        ("due: {week: 2, day: fri", "due: {week: 1, day: mon", ["m1_synthesis", "release < help < due"]),
        ("modules: [m1_synthesis, m2_autoregression, m3_flows]", "modules: [m1_synthesis, m2_autoregression]", ["m3_flows", "no oral"]),
        ("- {id: lec02_probability", "- {id: lec01_introduction", ["'lec01_introduction' stands twice"]),
        ("fx_notebook: any", "fx_notebook: some", ["grades.fx_notebook", "'some'", "'any'"]),
        ("problems_for_a: 3", "problems_for_a: 0", ["grades.problems_for_a", "greater than or equal to 1"]),
        ("problems_for_b: 1", "problems_for_b: 4", ["grades", "problems_for_a = 3 is below problems_for_b = 4"]),
        ("opens: {week: 10", "opens: {week: 9", ["grades", "reexam.opens lies before the course ends"]),
        ("closes: {week: 17", "closes: {week: 10, day: mon, time: '00:00'}\n    # {week: 17", ["grades.reexam", "opens < closes"]),
        ('version: "2026.1"', "version: one", ["version", "'one'"]),
    ],
)
def test_a_wrong_file_is_answered_by_key_value_and_remedy(tmp_path: Path, old: str, new: str, said: list[str]) -> None:
    with pytest.raises(CourseError) as error:
        load_course(spoilt(tmp_path, old, new))
    for text in ["course.yml", *said]:
        assert text in str(error.value)


def test_every_error_is_named_at_once(tmp_path: Path) -> None:
    folder = spoilt(tmp_path, "cpu_minutes: 4", "cpu_minutes: -1")
    (folder / "course.yml").write_text((folder / "course.yml").read_text().replace("timezone: Europe/Stockholm", "timezone: Mars"))
    with pytest.raises(CourseError) as error:
        load_course(folder)
    assert len(str(error.value).splitlines()) == 2


def test_no_file_and_no_yaml(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="--root"):
        load_course(tmp_path)
    (tmp_path / "course.yml").write_text("modules: [")
    with pytest.raises(CourseError, match="not valid YAML"):
        load_course(tmp_path)
    (tmp_path / "course.yml").write_text("- a list")
    with pytest.raises(CourseError, match="no keys with values"):
        load_course(tmp_path)


def test_the_file_is_plain_yaml() -> None:
    assert set(yaml.safe_load((ROOT / "course.yml").read_text())) >= {"modules", "lectures", "orals", "policies", "outcomes", "limits"}
