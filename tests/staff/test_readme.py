"""What the pages tell people to type is what the program knows: every command has its line in README, every option in a page exists."""

from __future__ import annotations

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import typer

from staff.cli import app

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
COURSE: Any = typer.main.get_command(app)


def written(page: Path) -> list[str]:
    """The commands on a page, from `course …` in a line and in blocks; comments behind ` #` are left out."""
    text = page.read_text(encoding="utf-8")
    inline = re.findall(r"`(course [^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    blocks = [line for block in re.findall(r"```[a-z]*\n(.*?)```", text, flags=re.DOTALL) for line in block.splitlines()]
    return [*inline, *(line.split(" #")[0].strip() for line in blocks if re.match(r"(\$ )?course ", line))]


def problem(line: str) -> str | None:
    """Why the program would not understand a command; names in capitals and … stand for anything."""
    words = shlex.split(line.removeprefix("$ ").replace("…", ""))[1:]
    found = COURSE
    while hasattr(found, "commands") and words and not words[0].startswith("-"):
        name = words.pop(0)
        if name not in found.commands:
            return f"no command {name!r}"
        found = found.commands[name]
    known = {option for parameter in found.params for option in [*parameter.opts, *parameter.secondary_opts]}
    unknown = [word for word in words if word.startswith("--") and word.split("=")[0] not in {*known, "--help"}]
    return f"no option {unknown[0]}" if unknown else None


def test_the_examples_here_are_understood() -> None:
    assert problem("course record oral alice 1 --level C") is None and problem("course record --from x.csv") is None
    assert problem("course grade") and problem("course grades --formt csv") and problem("course record orals alice")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_on_a_page_is_one_of_the_programs(page: Path) -> None:
    wrong = {line: why for line in written(page) if (why := problem(line))}
    assert not wrong


def test_every_command_has_its_line_in_readme() -> None:
    lines = written(ROOT / "README.md")
    missing = [name for name in COURSE.commands if not any(line.split()[1] == name for line in lines)]
    assert missing == ["demo", "reproduce"], "these two stand there as `make demo` and `make reproduce`"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = [link for link in re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8")) if not link.startswith(("http", "mailto"))]
    assert [link for link in links if not (page.parent / link).exists()] == []
