"""The schedule: what the memo asks for is in it, what can't be is refused, and calendars can follow it for years."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from icalendar import Calendar, Event
from typer.testing import CliRunner

from staff.calendar_file import FILE, GIVEN, write_calendar
from staff.cli import app
from staff.config import Course, CourseError, load_course
from staff.lint import check_course
from staff.lint_schedule import check_schedule
from staff.schedule import Kind, counts, entries, week_name

ROOT = Path(__file__).parents[2]
NOW = "2026-08-01T12:00:00+02:00"
LATER = "2026-09-01T12:00:00+02:00"


def course_with(change: str = "", value: Any = None) -> Course:
    """The real course; `modules.m3_flows.due.day` (or `orals.oral1.at.week`) set to a value."""
    data = yaml.safe_load((ROOT / "course.yml").read_text())
    node: Any = data
    *path, last = change.split(".") if change else ["", ""]
    for name in path if change else []:
        node = next(item for item in node if item["id"] == name) if isinstance(node, list) else node[name]
    if change:
        node[last] = value
    return Course.model_validate(data)


def test_everything_that_the_memo_has_is_there() -> None:
    course = load_course(ROOT)
    number = Counter(entry.kind for entry in entries(course))
    assert [number[kind] for kind in (Kind.LECTURE, Kind.HELP, Kind.DUE, Kind.ORAL, Kind.RETAKE, Kind.QUIZ, Kind.VIDEO)] == [16, 7, 7, 2, 1, 1, 1]
    assert number[Kind.RELEASE] == 8 and number[Kind.SEMINAR] >= 1 and number[Kind.HOLIDAY] >= 1
    assert course.lectures_per_module == [3, 2, 2, 2, 2, 2, 2, 1]
    assert "16 lectures (3, 2, 2, 2, 2, 2, 2, 1), 7 help sessions, 7 due dates, 2 oral exams, 1 quiz" in counts(course, entries(course))


def test_entries_are_in_the_weeks_of_the_memo() -> None:
    course = load_course(ROOT)
    weeks = {(entry.kind.value, entry.item): week_name(course, (entry.start.date() - course.start_date).days // 7 + 1) for entry in entries(course)}
    due = [weeks["due", module.id] for module in course.modules if module.graded]
    assert due == ["2", "3", "4", "5", "6", "7", "exam 1"]
    assert (weeks["oral", "oral1"], weeks["oral", "oral2"], weeks["retake", "retake"]) == ("4", "exam 1", "exam 2")
    assert (weeks["quiz", "m8_ethics"], weeks["video", "video"], weeks["seminar", "seminar1"]) == ("exam 1", "exam 2", "exam 2")
    starts = [entry.start for entry in entries(course)]
    assert starts == sorted(starts)


IMPOSSIBLE = [
    ("holidays", [{"date": "2026-09-04", "title": "Day off"}], ["modules.m1_synthesis.due: Fri 04 Sep 2026 23:59 is a holiday, Day off"]),
    ("holidays", [{"date": "2026-08-25", "until": "2026-08-26", "title": "Two days"}], ["lectures.lec02_probability.at", "Two days"]),
    ("holidays", [{"date": "2026-10-13", "title": "X"}], ["modules.m7_evaluation.due", "modules.m8_ethics.quiz_due"]),
    ("holidays", [{"date": "2026-10-20", "title": "X"}], ["grades.video_due"]),
    ("holidays", [{"date": "2026-10-21", "title": "X"}], ["events.retake.at"]),
    ("holidays", [{"date": "2026-09-17", "title": "X"}], ["orals.oral1.at"]),
    (
        "holidays",
        [{"date": "2025-10-31", "title": "All Saints"}],
        ["holidays.2025-10-31", "outside the course, 2026-08-24 to 2026-12-20"],
    ),
    ("holidays", [{"date": "2026-09-05", "title": "X"}, {"date": "2026-09-05", "title": "Y"}], ["2026-09-05 is already X"]),
    ("lectures_per_module", [3, 2, 2, 2, 2, 2, 2, 2], ["m8_ethics has 1 (lec17_ethics", "says 2"]),
    ("lectures_per_module", [16], ["1 numbers for 8 modules"]),
    ("lectures.lec05_sequences.module", "m1_synthesis", ["m1_synthesis has 4", "m2_autoregression has 1 (lec04_mdn)"]),
    ("lectures.lec05_sequences.at.week", 1, ["lectures.lec05_sequences.at", "is before lec04_mdn", "numbers follow time"]),
    ("lectures.lec08_flow_matching.at.week", 8, ["lectures.lec08_flow_matching.at: week 8, but there are 7 weeks of teaching"]),
    ("lectures.lec08_flow_matching.at.week", 5, ["lec08_flow_matching.at", "is after m3_flows is due, Wed 16 Sep 2026 23:59"]),
    ("lectures.lec02_probability.at", {"week": 1, "day": "mon", "time": "14:00"}, ["lec02_probability.at: begins", "lasts until 15:00"]),
    ("modules.m1_synthesis.help.time", "12:30", ["nothing"]),
    ("modules.m1_synthesis.help", {"week": 2, "day": "fri", "time": "23:30"}, ["modules.m1_synthesis.help: the session ends after the due date"]),
    ("modules.m8_ethics.quiz_due", {"week": 7, "day": "tue"}, ["modules.m8_ethics.quiz_due", "not after the release, Wed 07 Oct 2026"]),
    ("orals.oral1.at", {"week": 4, "day": "wed"}, ["orals.oral1.at", "is before m3_flows is due"]),
    ("orals.oral1.modules", ["m1_synthesis", "m2_autoregression", "m3_flows", "m8_ethics"], ["orals.oral1.modules: m8_ethics is not graded"]),
    ("events.retake.at.week", 8, ["events.retake.at", "is not after the last oral exam"]),
    ("events.retake.kind", "other", ["there is none of kind retake, but grades.oral_retakes = 1"]),
    ("grades.oral_retakes", 0, ["there is retake, but grades.oral_retakes = 0"]),
    ("events.seminar1.at", {"week": 9, "day": "mon"}, ["events.seminar1.at", "is not after the video is due"]),
    ("events.seminar2.at.week", 10, ["events.seminar2.at: week 10 is after the last week, 9"]),
    ("orals.oral2.at.week", 11, ["orals.oral2.at: week 11"]),
    ("modules.m8_ethics.quiz_due.week", 12, ["modules.m8_ethics.quiz_due: week 12"]),
    ("grades.ends", {"week": 9, "day": "thu", "time": "23:59"}, ["events.seminar2.at", "is after the course ends, Thu 22 Oct 2026"]),
]


@pytest.mark.parametrize(("change", "value", "words"), IMPOSSIBLE, ids=[f"{case[0]}-{number}" for number, case in enumerate(IMPOSSIBLE)])
def test_what_can_not_be_is_refused(change: str, value: Any, words: list[str]) -> None:
    told = "\n".join(str(problem) for problem in check_schedule(course_with(change, value)))
    if words == ["nothing"]:
        assert told == ""
    else:
        assert all(word in told for word in words), told


@pytest.mark.parametrize(
    ("change", "value", "words"),
    [
        ("modules.m1_synthesis.help", {"week": 2, "day": "sat"}, "release < help < due"),
        ("modules.m1_synthesis.release", {"week": 2, "day": "sat"}, "release < help < due"),
        ("orals.oral1.modules", ["m1_synthesis", "m2_autoregression"], "m3_flows is in no oral"),
        ("orals.oral2.modules", ["m3_flows", "m4_vae", "m5_diffusion", "m6_gan", "m7_evaluation"], "m3_flows is in ['oral1', 'oral2']"),
        ("holidays", [{"date": "2026-09-06", "until": "2026-09-05", "title": "X"}], "lies before date"),
        ("events.seminar2.id", "seminar1", "'seminar1' stands twice"),
        ("events.seminar2.kind", "party", "'retake', 'seminar' or 'other'"),
    ],
)
def test_no_command_works_on_these(change: str, value: Any, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        course_with(change, value)


def test_the_real_course_is_possible_and_check_looks_at_it(tmp_path: Path) -> None:
    assert check_schedule(load_course(ROOT)) == []
    text = (ROOT / "course.yml").read_text().replace("date: 2026-10-31", "date: 2026-09-04")
    (tmp_path / "course.yml").write_text(text)
    rules = {problem.rule for problem in check_course(load_course(tmp_path), tmp_path)}
    assert "schedule" in rules


def written(root: Path) -> dict[str, Event]:
    calendar = Calendar.from_ical((root / FILE).read_bytes())
    assert (root / FILE).read_bytes() == (root / GIVEN).read_bytes()
    events = calendar.events
    assert len({event.uid for event in events}) == len(events)
    return {event.uid: event for event in events}


def test_the_calendar_says_what_the_schedule_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", NOW)
    course = load_course(ROOT)
    path, changes = write_calendar(course, tmp_path)
    events = written(tmp_path)
    assert len(events) == len(entries(course)) == len(changes)
    due = events["due-m3_flows@dd2601-2026"]
    assert datetime(2026, 9, 16, 23, 59, tzinfo=course.zone) == due.DTSTART and "DTEND" not in due
    lecture = events["lecture-lec07_flows@dd2601-2026"]
    assert lecture.DTEND is not None and lecture.DTSTART is not None and timedelta(minutes=105) == lecture.DTEND - lecture.DTSTART
    assert str(lecture["SUMMARY"]) == "DD2601 Lecture 7: Normalising flows" and str(lecture["LOCATION"]) == "On campus"
    holiday = events["holiday-20261031@dd2601-2026"]
    assert (date(2026, 10, 31), date(2026, 11, 1)) == (holiday.DTSTART, holiday.DTEND)
    assert {event.sequence for event in events.values()} == {0}
    assert {event.DTSTAMP for event in events.values()} == {datetime(2026, 8, 1, 10, 0, tzinfo=UTC)}
    text = path.read_bytes()
    assert text.count(b"\r\n") == text.count(b"\n") and all(len(line) <= 75 for line in text.split(b"\r\n"))


def test_times_are_right_on_both_sides_of_the_change_of_clocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", NOW)
    write_calendar(load_course(ROOT), tmp_path)
    events = written(tmp_path)
    for name, utc in (("video-video", "2026-10-20 21:59"), ("reexam-request", "2026-11-29 22:59")):
        start = events[f"{name}@dd2601-2026"].DTSTART
        assert isinstance(start, datetime) and f"{start.astimezone(UTC):%Y-%m-%d %H:%M}" == utc
    text = (tmp_path / FILE).read_text()
    assert "TZID:Europe/Stockholm" in text and "TZOFFSETTO:+0200" in text and "TZOFFSETTO:+0100" in text


def test_a_second_run_gives_the_same_bytes_and_a_change_revises_one_event(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", NOW)
    write_calendar(load_course(ROOT), tmp_path)
    first, before = (tmp_path / FILE).read_bytes(), written(tmp_path)
    monkeypatch.setenv("COURSE_NOW", LATER)
    assert write_calendar(load_course(ROOT), tmp_path)[1] == []
    assert (tmp_path / FILE).read_bytes() == first

    moved = course_with("modules.m3_flows.due.time", "20:00")
    assert write_calendar(moved, tmp_path)[1] == ["changed: Wed 16 Sep 20:00 DD2601 Assignment 3 due: Flow matching and normalising flows"]
    after = written(tmp_path)
    revised = {uid for uid in after if (after[uid].sequence, after[uid].DTSTAMP) != (before[uid].sequence, before[uid].DTSTAMP)}
    assert revised == {"due-m3_flows@dd2601-2026"}
    due = after["due-m3_flows@dd2601-2026"]
    assert due.sequence == 1 and datetime(2026, 9, 1, 10, 0, tzinfo=UTC) == due.DTSTAMP
    write_calendar(load_course(ROOT), tmp_path)
    assert written(tmp_path)["due-m3_flows@dd2601-2026"].sequence == 2


def test_what_is_no_more_is_cancelled_and_may_come_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", NOW)
    write_calendar(load_course(ROOT), tmp_path)
    data = [event.model_dump(exclude_none=True) for event in load_course(ROOT).events if event.id != "seminar2"]
    fewer = course_with("events", data)
    assert [change.split(":")[0] for change in write_calendar(fewer, tmp_path)[1]] == ["cancelled"]
    gone = written(tmp_path)["seminar-seminar2@dd2601-2026"]
    assert str(gone["STATUS"]) == "CANCELLED" and gone.sequence == 1
    bytes_ = (tmp_path / FILE).read_bytes()
    assert write_calendar(fewer, tmp_path)[1] == [] and (tmp_path / FILE).read_bytes() == bytes_
    write_calendar(load_course(ROOT), tmp_path)
    back = written(tmp_path)["seminar-seminar2@dd2601-2026"]
    assert str(back["STATUS"]) == "CONFIRMED" and back.sequence == 2


def test_next_years_course_has_other_events(tmp_path: Path) -> None:
    write_calendar(load_course(ROOT), tmp_path)
    data = yaml.safe_load((ROOT / "course.yml").read_text())
    data["start_date"], data["holidays"] = date(2027, 8, 23), []
    write_calendar(Course.model_validate(data), tmp_path)
    assert all(uid.endswith("@dd2601-2027") and event.sequence == 0 for uid, event in written(tmp_path).items())


@pytest.mark.parametrize("text", ["no calendar", "BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nUID:a@dd2601-2026\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"])
def test_a_broken_earlier_file_is_named_and_nothing_is_written(tmp_path: Path, text: str) -> None:
    (tmp_path / GIVEN).parent.mkdir()
    (tmp_path / GIVEN).write_bytes(text.encode())
    with pytest.raises(CourseError, match=r"schedule\.ics.*restore"):
        write_calendar(load_course(ROOT), tmp_path)
    assert not (tmp_path / FILE).exists() and (tmp_path / GIVEN).read_bytes() == text.encode()


def command(root: Path, *words: str, status: int = 0) -> str:
    done = CliRunner().invoke(app, ["schedule", *words, "--root", str(root)])
    assert done.exit_code == status, done.output
    return done.output if not isinstance(done.exception, CourseError) else str(done.exception)


def test_the_command_shows_writes_and_checks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_NOW", NOW)
    text = (ROOT / "course.yml").read_text()
    (tmp_path / "course.yml").write_text(text)
    assert f"{len(entries(load_course(ROOT)))} events are not as in course.yml" in command(tmp_path, "--check", status=1)
    assert not (tmp_path / FILE).exists()
    shown = command(tmp_path, "--kind", "oral", "--kind", "retake")
    assert "Thu 17 Sep" in shown and "2 oral exams, 1 retake" in shown and "lecture" not in shown
    assert "Wed 16 Sep" in command(tmp_path, "--week", "4") and "no event has changed" in command(tmp_path)
    command(tmp_path, "--check")
    assert "no such kind; there are release, lecture" in command(tmp_path, "--kind", "party", status=1)
    (tmp_path / "course.yml").write_text(text.replace("date: 2026-10-31", "date: 2026-09-04"))
    bytes_ = (tmp_path / FILE).read_bytes()
    assert "is a holiday" in command(tmp_path, status=1)
    assert (tmp_path / FILE).read_bytes() == bytes_
