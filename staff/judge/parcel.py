"""A submission, and what it is graded with, as JSON, for another machine. Dask carries text: no object of a student's is ever unpickled."""

from __future__ import annotations

import base64
from pathlib import Path

import nbformat
from pydantic import BaseModel

from staff.config import Course
from staff.folder import CHECKPOINT_BYTES, Entry
from staff.intake import Submission
from staff.judge.inside.isolation import Limits
from staff.judge.session import Seconds
from staff.master import Master, load_master
from staff.notebook import write_text
from staff.outcomes import Finding


class Job(BaseModel):
    """The same for all submissions of a run. `mark` is the sender's `grader_mark`: another state of the tests or the judge is refused."""

    course: Course
    module: str
    source: str
    mark: str
    seconds: Seconds
    limits: Limits

    def master(self, folder: Path) -> Master:
        """The master, by way of a file in `folder`."""
        write_text(folder / "source" / self.module / f"{self.module}.ipynb", self.source)
        return load_master(self.course, folder, self.module)


class Parcel(BaseModel):
    """One submission as it was read: student, notebook, checkpoints in base 64."""

    student: str
    module: str
    notebook: str
    findings: list[Finding]
    attempted: dict[str, bool]
    files: dict[str, str]

    @classmethod
    def of(cls, submission: Submission) -> Parcel:
        """`submission` has a notebook. Outputs stay behind: they are for feedback alone."""
        assert submission.notebook is not None
        files = {entry.name: entry.read(CHECKPOINT_BYTES) for entry in submission.checkpoints}
        return cls(
            student=submission.student,
            module=submission.module,
            notebook=nbformat.writes(submission.notebook, version=nbformat.NO_CONVERT),
            findings=submission.findings,
            attempted=submission.attempted,
            files={name: base64.b64encode(data).decode() for name, data in files.items() if data is not None},
        )

    def submission(self, folder: Path) -> Submission:
        """The submission again; its checkpoints lie in `folder` while it is graded."""
        entries = []
        for number, (name, text) in enumerate(self.files.items()):
            place = folder / str(number) / Path(name).name
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(base64.b64decode(text))
            entries.append(Entry(place, None, place.stat().st_size, 0.0))
        notebook = nbformat.reads(self.notebook, as_version=nbformat.NO_CONVERT)
        return Submission(self.student, self.module, notebook, self.findings, self.attempted, checkpoints=entries)
