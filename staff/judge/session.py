"""One submission before the judge: its cells run in a child of the sandbox, the master's tests run here."""

from __future__ import annotations

import contextlib
import io
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from nbformat import NotebookNode

from staff.engine import is_attempted
from staff.folder import CHECKPOINT_BYTES
from staff.intake import Submission
from staff.judge.inside.peer import Peer, RemoteError
from staff.judge.inside.wire import BrokenWire, CannotCross, WireTimeout
from staff.judge.remote import Remote, pack_special, unpack_special
from staff.judge.sandbox import Sandbox
from staff.judge.trial import Tried, grade_cell
from staff.master import Master, MasterCell
from staff.notebook import tags
from staff.outcomes import Outcome

SAID = {
    Outcome.TIMEOUT: "it did not stop",
    Outcome.MEMORY: "it needed more memory than there is",
    Outcome.CRASHED: "the Python process ended",
}


@dataclass(frozen=True)
class Seconds:
    """Wall time: of one cell, of one test cell, of the whole submission."""

    cell: float = 60.0
    test: float = 30.0
    submission: float = 240.0


class Session:
    """Grades one submission; `cells` says how each graded cell ended."""

    def __init__(self, sandbox: Sandbox, master: Master, setup: dict[str, Any], submission: Submission, seconds: Seconds) -> None:
        self.sandbox, self.master, self.setup, self.submission, self.seconds = sandbox, master, setup, submission, seconds
        self.end = time.monotonic() + seconds.submission
        self.peer: Peer | None = None
        self.names: dict[str, str] = {}
        self.raised: dict[str, tuple[str, str]] = {}  # cell id -> kind and text of the exception that ended it
        self.hung: dict[str, Outcome] = {}  # cells that did not end, and are not run again
        self.running = ""
        self.whole = False  # the slow path: every cell of the notebook

    def grade(self) -> Iterator[tuple[MasterCell, Tried]]:
        """One outcome for every graded cell, in the master's order."""
        try:
            for cell in self.master.graded:
                yield cell, self._manual(cell) if cell.solution else self._tested(cell)
        finally:
            self.close()

    def _manual(self, cell: MasterCell) -> Tried:
        return Tried(Outcome.MANUAL if is_attempted(self.master, self.submission, cell) else Outcome.NOT_ATTEMPTED)

    def _tested(self, cell: MasterCell) -> Tried:
        tried = self._try(cell)
        missing = tried.missing in {name for answer in self.master.answers_of(cell) for name in answer.names}
        if missing and not self.whole and is_attempted(self.master, self.submission, cell):
            self.whole = True
            self.close()
            tried = self._try(cell)
        if not is_attempted(self.master, self.submission, cell) and tried.outcome is not Outcome.PASSED:
            return Tried(Outcome.NOT_ATTEMPTED)
        return self._explained(cell, tried)

    def _explained(self, cell: MasterCell, tried: Tried) -> Tried:
        """Where a name is missing because its own cell raised, that is what to tell."""
        if tried.missing is None:
            return tried
        for answer in self.master.answers_of(cell):
            if answer.id in self.raised:
                kind, text = self.raised[answer.id]
                return Tried(Outcome.ERROR, f"your answer cell did not run to its end: {kind}: {text}")
            if answer.id in self.hung:
                return Tried(self.hung[answer.id], f"your answer cell did not run to its end: {SAID[self.hung[answer.id]]}")
        return tried

    def _try(self, cell: MasterCell) -> Tried:
        """Run one test cell; a child that hangs or dies is replaced for the next."""
        try:
            peer = self._open()
            if peer is None:
                return Tried(Outcome.TIMEOUT, f"the submission took longer than {self.seconds.submission:g} s")
            peer.deadline = min(time.monotonic() + self.seconds.test, self.end)
            return grade_cell(cell, self._namespace(peer))
        except WireTimeout:
            self.close()
            return Tried(Outcome.TIMEOUT, f"no answer within {self.seconds.test:g} s")
        except BrokenWire:
            outcome = Outcome.MEMORY if self.close() == "memory" else Outcome.CRASHED
            return Tried(outcome, SAID[outcome])

    def _namespace(self, peer: Peer) -> dict[str, Any]:
        """The master's setup names, and the student's in the place of those that the solution cells provide."""
        namespace = dict(self.setup)
        for name, kind in self.names.items():
            if kind == "value":
                with contextlib.suppress(RemoteError, CannotCross):
                    namespace[name] = peer.call("session", "value", (name,), {})
            elif kind != "missing":
                namespace[name] = Remote(peer, name)
        return namespace

    def _open(self) -> Peer | None:
        """The child, with the answers' cells run; None where the submission's time is up."""
        while self.peer is None:
            if time.monotonic() >= self.end:
                return None
            channel = self.sandbox.child()
            peer = Peer(channel, {}, pack_special, unpack_special)
            try:
                self._run_cells(peer)
                peer.deadline = min(time.monotonic() + self.seconds.cell, self.end)
                provided = sorted({name for cell in self.master.answers if cell.kind == "code" for name in cell.names})
                self.names = {str(name): str(kind) for name, kind in peer.call("session", "kinds", (provided,), {}).items() if name in provided}
                self.peer = peer
            except WireTimeout:
                self._drop(channel)
                self.hung[self.running] = Outcome.TIMEOUT
            except (BrokenWire, RemoteError):
                self.hung[self.running] = Outcome.MEMORY if self._drop(channel) == "memory" else Outcome.CRASHED
        return self.peer

    def _run_cells(self, peer: Peer) -> None:
        for name, data in self._files():
            peer.call("session", "put", (name, data), {})
        for cell in self._cells():
            self.running = cell.id
            peer.deadline = min(time.monotonic() + self.seconds.cell, self.end)
            error = peer.call("session", "run", (cell.id, cell.source), {})
            self.raised.pop(cell.id, None)
            if isinstance(error, dict):
                self.raised[cell.id] = (str(error.get("kind"))[:80], str(error.get("text"))[:400])

    def _cells(self) -> list[NotebookNode]:
        """Fast path: setup cells, answers, the student's own cells. Slow path: all code but the graded cells and the hand-in."""
        known = {cell.id: cell for cell in self.master.cells}
        assert self.submission.notebook is not None
        chosen = []
        for cell in self.submission.notebook.cells:
            master = known.get(cell.id)
            if cell.cell_type != "code" or cell.id in self.hung or (master and master.graded and not master.solution):
                continue
            wanted = master is None or master.solution or "setup" in master.tags
            if wanted or (self.whole and "handin" not in tags(cell)):
                chosen.append(cell)
        return chosen

    def _files(self) -> list[tuple[str, torch.Tensor]]:
        files = []
        for entry in self.submission.checkpoints:
            data = entry.read(CHECKPOINT_BYTES)
            if data:
                files.append((f"artifacts/{entry.name}", torch.frombuffer(bytearray(data), dtype=torch.uint8)))
        return files

    def _drop(self, channel: socket.socket) -> str:
        why = self.sandbox.kill()
        channel.close()
        return why

    def close(self) -> str:
        """End the child; says why it ended."""
        peer, self.peer = self.peer, None
        return self._drop(peer.channel) if peer is not None else "exit"


def setup_namespace(master: Master) -> dict[str, Any]:
    """The names of the master's setup cells, for the tests. Run once a worker; what the cells print goes nowhere."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in master.cells:
            if "setup" in cell.tags and cell.kind == "code":
                exec(compile(cell.source, cell.id, "exec"), namespace)
    return namespace
