"""One submission before the judge: its cells run in a child of the sandbox, the master's tests run here."""

from __future__ import annotations

import ast
import contextlib
import io
import logging
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import torch
from nbformat import NotebookNode

from staff.config import CourseError
from staff.engine import is_attempted
from staff.folder import CHECKPOINT_BYTES
from staff.intake import Submission
from staff.judge.inside.peer import Peer, RemoteError
from staff.judge.inside.wire import SESSION, BrokenWire, CannotCross, TooMuch, WireTimeout
from staff.judge.remote import Remote, pack_special, unpack_special
from staff.judge.sandbox import Sandbox
from staff.judge.trial import Tried, grade_cell
from staff.master import Master, MasterCell, defined_names
from staff.notebook import tags
from staff.outcomes import Outcome

log = logging.getLogger(__name__)  # at level DEBUG: what nobody thought of
SAID = {
    Outcome.TIMEOUT: "it did not stop",
    Outcome.MEMORY: "it needed more memory than there is",
    Outcome.CRASHED: "the Python process ended",
}
ENDED = {  # what the sandbox says of a child that is gone
    "memory": Tried(Outcome.MEMORY, SAID[Outcome.MEMORY]),
    "processes": Tried(Outcome.CRASHED, "it started too many processes or threads"),
    "exit": Tried(Outcome.CRASHED, SAID[Outcome.CRASHED]),
}
LOST = Tried(Outcome.CRASHED, "grading this cell failed; the course team should look at it")
KEPT = 256 * 2**20  # bytes that one test may make the judge keep for the answer: logged calls, graphs
GRACE = 2.0  # seconds after a test's time in which the judge itself must have ended it
INCURABLE = {"SyntaxError", "IndentationError", "TabError", "NotImplementedError"}  # of an answer cell: running the rest cures none


@dataclass(frozen=True)
class Seconds:
    """Wall time: of one cell, of one test cell, of the whole submission."""

    cell: float = 60.0
    test: float = 30.0
    submission: float = 240.0


class Session:
    """Grades one submission; `grade` says how each graded cell ended."""

    def __init__(self, sandbox: Sandbox, master: Master, setup: dict[str, Any], submission: Submission, seconds: Seconds) -> None:
        self.sandbox, self.master, self.setup, self.submission, self.seconds = sandbox, master, setup, submission, seconds
        self.end = time.monotonic() + seconds.submission
        self.peer: Peer | None = None
        self.names: dict[str, str] = {}
        self.raised: dict[str, tuple[str, str]] = {}  # cell id -> kind and text of the exception that ended it
        self.hung: dict[str, Outcome] = {}  # cells that did not end, and are not run again
        self.running = ""
        self.whole = False  # the slow path: every cell of the notebook

    def grade(self) -> list[tuple[MasterCell, Tried]]:
        """One outcome for every graded cell, in the master's order. Raises CourseError where the sandbox is gone, and nothing else.

        Visible tests come first: their messages are shown, and no answer has seen a hidden test's numbers by then.
        The cells that need the whole notebook come last, so that its cost is never another cell's.
        """
        tested = sorted((cell for cell in self.master.graded if not cell.solution), key=lambda cell: cell.role == "hidden")
        try:
            tried = {cell.id: self._guarded(cell) for cell in tested}
            slow = [cell for cell in tested if self._may_be_elsewhere(cell, tried[cell.id])]
            if slow:
                self.close()
                self.whole = True
                tried |= {cell.id: self._guarded(cell) for cell in slow}
        finally:
            self.close()
        return [(cell, self._manual(cell) if cell.solution else self._judged(cell, tried[cell.id])) for cell in self.master.graded]

    def _is_attempted(self, cell: MasterCell) -> bool:
        return is_attempted(self.master, self.submission, cell)

    def _manual(self, cell: MasterCell) -> Tried:
        return Tried(Outcome.MANUAL if self._is_attempted(cell) else Outcome.NOT_ATTEMPTED)

    def _judged(self, cell: MasterCell, tried: Tried) -> Tried:
        return tried if self._is_attempted(cell) or tried.outcome is Outcome.PASSED else Tried(Outcome.NOT_ATTEMPTED)

    def _guarded(self, cell: MasterCell) -> Tried:
        """One test cell; what nobody thought of costs this cell alone."""
        try:
            return self._explained(cell, self._try(cell))
        except CourseError:
            raise
        except Exception:
            log.debug("%s, %s", self.submission.student, cell.id, exc_info=True)
            self.close()
            return LOST

    def _may_be_elsewhere(self, cell: MasterCell, tried: Tried) -> bool:
        """Whether a name is missing that a cell which was not run may give."""
        if tried.missing is None or not self._is_attempted(cell):
            return False
        givers = [answer for answer in self.master.answers_of(cell) if tried.missing in answer.names]
        if givers:
            return not any(answer.id in self.hung or self.raised.get(answer.id, ("", ""))[0] in INCURABLE for answer in givers)
        run = {cell.id for cell in self._cells()}
        assert self.submission.notebook is not None
        others = (other for other in self.submission.notebook.cells if other.cell_type == "code" and other.id not in run)
        return any(tried.missing in defined_names(other.source) for other in others)

    def _explained(self, cell: MasterCell, tried: Tried) -> Tried:
        """Where a name is missing because its own cell raised, that is what to tell."""
        if tried.missing is None or tried.own:
            return tried
        for answer in self.master.answers_of(cell):
            if answer.id in self.raised:
                kind, text = self.raised[answer.id]
                return Tried(Outcome.ERROR, f"your answer cell did not run to its end: {kind}: {text}", missing=tried.missing)
            if answer.id in self.hung:
                return Tried(self.hung[answer.id], f"your answer cell did not run to its end: {SAID[self.hung[answer.id]]}", missing=tried.missing)
        return tried

    def _try(self, cell: MasterCell) -> Tried:
        """Run one test cell; a child that hangs or dies is replaced for the next."""
        if not self._open():
            return Tried(Outcome.TIMEOUT, f"the submission took longer than {self.seconds.submission:g} s")
        peer = self.peer
        assert peer is not None
        try:
            peer.forget()
            peer.deadline = min(time.monotonic() + self.seconds.test, self.end)
            with alarm(peer.deadline - time.monotonic() + GRACE):
                return grade_cell(cell, self._namespace(peer, cell), self._artifact)
        except WireTimeout:
            self.close()
            return Tried(Outcome.TIMEOUT, f"no answer within {self.seconds.test:g} s")
        except TooMuch:
            self.close()
            return Tried(Outcome.MEMORY, "it gave, or asked for, more values than the tests can hold")
        except BrokenWire:
            return ENDED[self.close()]

    def _namespace(self, peer: Peer, cell: MasterCell) -> dict[str, Any]:
        """The master's setup names, and the student's in the place of those that the solution cells provide."""
        namespace = dict(self.setup)
        for name, kind in self.names.items():
            if kind == "value" and name in cell.source:
                with contextlib.suppress(RemoteError):
                    namespace[name] = peer.call(SESSION, "value", (name,), {})
            elif kind not in ("value", "missing"):
                namespace[name] = Remote(peer, name)
        return namespace

    def _open(self) -> bool:
        """See to it that there is a child in which the answers' cells were run. False where the submission's time is up."""
        while self.peer is None:
            if time.monotonic() >= self.end:
                return False
            peer = Peer(self.sandbox.child(), {}, pack_special, unpack_special, max_kept=KEPT)
            try:
                with alarm(self.end - time.monotonic() + GRACE):
                    self._run_cells(peer)
                self.peer = peer
            except WireTimeout:
                self._drop(peer)
                self._blame(Outcome.TIMEOUT)
            except Exception:  # the child is gone, or what it says makes no sense
                log.debug("%s, %s", self.submission.student, self.running, exc_info=True)
                self._blame(Outcome.MEMORY if self._drop(peer) == "memory" else Outcome.CRASHED)
        return True

    def _blame(self, outcome: Outcome) -> None:
        """Leave out the cell that was running. Raises RuntimeError where that has been tried: then nothing of it can be run."""
        if self.running in self.hung:
            raise RuntimeError("a child that ends whatever is run")
        self.hung[self.running] = outcome

    def _kinds(self, peer: Peer) -> dict[str, str]:
        """What the names are that the answers provide. Asked after every cell, so that one that breaks the line is known."""
        provided = sorted({name for cell in self.master.answers if cell.kind == "code" for name in cell.names})
        told = peer.call(SESSION, "kinds", (provided,), {})
        if not isinstance(told, dict):
            raise BrokenWire("no kinds")
        return {name: str(told.get(name, "missing")) for name in provided}

    def _run_cells(self, peer: Peer) -> None:
        self.running, self.names = "", {}
        peer.deadline = min(time.monotonic() + self.seconds.cell, self.end)
        for name, data in self._files():
            peer.call(SESSION, "put", (name, data), {})
        for cell in self._cells():
            self.running = cell.id
            peer.deadline = min(time.monotonic() + self.seconds.cell, self.end)
            try:
                error = peer.call(SESSION, "run", (cell.id, cell.source), {})
            except CannotCross:  # a cell of many megabytes
                error = {"kind": "SyntaxError", "text": "the cell is too long"}
            self.raised.pop(cell.id, None)
            if isinstance(error, dict):
                self.raised[cell.id] = (str(error.get("kind"))[:80], str(error.get("text"))[:400])
            self.names = self._kinds(peer)

    def _cells(self) -> list[NotebookNode]:
        """Fast path: setup cells, the answers that are tested, the student's own cells. Slow path: all code but the tests and the hand-in."""
        known = {cell.id: cell for cell in self.master.cells}
        assert self.submission.notebook is not None
        chosen = []
        for cell in self.submission.notebook.cells:
            master = known.get(cell.id)
            if cell.cell_type != "code" or cell.id in self.hung or (master and master.graded and not master.solution):
                continue
            wanted = master is None or (master.solution and not master.graded) or "setup" in master.tags
            if wanted or (self.whole and "handin" not in tags(cell)):
                chosen.append(cell)
        return chosen

    def _artifact(self, path: str) -> bytes:
        """A checkpoint of the hand-in, for a test. Raises FileNotFoundError where it was not handed in, or is too large."""
        entry = next((entry for entry in self.submission.checkpoints if f"artifacts/{entry.name}" == path), None)
        data = entry.read(CHECKPOINT_BYTES) if entry else None
        if data is None:
            raise FileNotFoundError(f"{path}: not handed in")
        return data

    def _files(self) -> Iterator[tuple[str, torch.Tensor]]:
        for entry in self.submission.checkpoints:
            data = entry.read(CHECKPOINT_BYTES)
            if data:
                yield f"artifacts/{entry.name}", torch.frombuffer(bytearray(data), dtype=torch.uint8)

    def _drop(self, peer: Peer) -> str:
        peer.channel.close()
        return self.sandbox.kill()

    def close(self) -> str:
        """End the child; says why it ended."""
        peer, self.peer = self.peer, None
        return self._drop(peer) if peer is not None else "exit"


@contextlib.contextmanager
def alarm(seconds: float) -> Iterator[None]:
    """WireTimeout in this process after `seconds`: where the judge is busy with what was sent, no deadline of a socket helps."""

    def ring(number: int, frame: Any) -> None:
        raise WireTimeout

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, max(seconds, 0.1), 1.0)  # again each second, should something swallow it
    try:
        yield
    finally:
        try:
            signal.setitimer(signal.ITIMER_REAL, 0)
        finally:  # it may ring in the line above
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)


def setup_cells(master: Master) -> list[MasterCell]:
    return [cell for cell in master.cells if "setup" in cell.tags and cell.kind == "code"]


def setup_imports(master: Master) -> list[str]:
    """The modules that the master's setup cells import."""
    found = []
    for cell in setup_cells(master):
        for node in ast.walk(ast.parse(cell.source)):
            if isinstance(node, ast.Import):
                found += [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and node.module:
                found.append(node.module)
    return sorted(set(found))


def setup_namespace(master: Master) -> dict[str, Any]:
    """The names of the master's setup cells, for the tests. Run once a worker; what the cells print goes nowhere."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in setup_cells(master):
            exec(compile(cell.source, cell.id, "exec"), namespace)
    return namespace
