"""Hand-ins in nbgrader's exchange: every one of them, where nbgrader's own `collect` takes each student's newest."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

from staff.arrivals import Arrived, Refused, taken
from staff.config import STUDENT_ID, Course, CourseError, Module


def from_exchange(course: Course, root: Path, module: Module) -> Arrived:
    """The inbound folder of the course, found and read by nbgrader's own rules. Raises CourseError where there is none."""
    collector = _collector(root, module.id)
    inbound = Path(collector.root) / course.id / "inbound"
    if not inbound.is_dir():
        raise CourseError(f"{inbound}: no such folder; students submit there once the module is released to the exchange (c.Exchange.root)")
    arrived = Arrived()
    for folder in sorted(inbound.glob(f"*+{module.id}+*")):
        try:
            record = collector._path_to_record(str(folder))
        except (SystemExit, Exception):
            arrived.refuse(folder.name, "not named as nbgrader names hand-ins (student+module+time+letters)")
            continue
        student = str(record["username"])
        if not STUDENT_ID.match(student) or not folder.is_dir() or folder.is_symlink():
            arrived.refuse(folder.name, "no folder of a student")
            continue
        said = _owned(folder, student) if collector.check_owner else ""
        if said:
            arrived.doubts.append(Refused(folder.name, said, student))
        arrival, refused = taken(course, module, student, folder)
        arrived.refused += refused
        if arrival:
            when = record["timestamp"]
            arrival.when = when if when.tzinfo else when.replace(tzinfo=UTC)
            arrival.origin = f"exchange {folder.name}"
            arrived.arrivals.append(arrival)
    return arrived


def _owned(folder: Path, student: str) -> str:
    """What a person should look at: in the exchange everybody can write, also in another one's name."""
    import pwd

    try:
        owner = pwd.getpwuid(os.stat(folder).st_uid).pw_name
    except KeyError:
        owner = "an unknown user"
    remedy = "ask both (c.ExchangeCollect.check_owner = False, where all files belong to one user)"
    return "" if owner == student else f"in the name of {student}, but it belongs to {owner}; {remedy}"


def nbgrader_config(root: Path) -> Any:
    """The configuration that stock nbgrader would read in this folder, and in Jupyter's. Raises what is raised in its files."""
    from nbgrader.apps import NbGrader

    here = Path.cwd()
    try:
        os.chdir(root)
        app = NbGrader(log_level=logging.CRITICAL, raise_config_file_errors=True)
        app.load_config_file()
    finally:
        os.chdir(here)
    return app.config


@contextmanager
def asking() -> Iterator[None]:
    """Around what is asked of nbgrader: a configuration that can't be is told to the person who wrote it."""
    try:
        yield
    except Exception as error:
        where = "look at nbgrader_config.py, here and in Jupyter's folders"
        raise CourseError(f"nbgrader could not be asked about the exchange ({type(error).__name__}: {error}); {where}") from None


@asking()
def _collector(root: Path, module: str) -> Any:
    """nbgrader's collector of one module."""
    from nbgrader.coursedir import CourseDirectory
    from nbgrader.exchange.default.collect import ExchangeCollect

    config = nbgrader_config(root)
    coursedir = CourseDirectory(config=config)
    coursedir.assignment_id = module
    return ExchangeCollect(coursedir=coursedir, config=config)
