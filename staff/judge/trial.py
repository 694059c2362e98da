"""One test cell, run in the judge's process over a namespace of proxies."""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import Any

import torch

from helpers import checkpoints, stubs
from staff.judge.inside.peer import BrokenWire
from staff.judge.inside.wire import CannotCross, WireTimeout
from staff.judge.remote import unchanged
from staff.master import MasterCell
from staff.notebook import STUB
from staff.outcomes import Outcome

SEED = 20260824  # a test that draws numbers draws the same ones for everybody
CHECKPOINT = ".safetensors"
OUT_OF_MEMORY = "can't allocate memory"  # how torch says it


@dataclass(frozen=True)
class Tried:
    """How a test cell ended: outcome, what was said, the exception's class, the name that was missing, and whether the answer raised it."""

    outcome: Outcome
    message: str = ""
    kind: str = ""
    missing: str | None = None
    own: bool = False


@cache
def compiled(source: str, name: str) -> CodeType:
    return compile(source, name, "exec")


@contextlib.contextmanager
def untouched_torch(read: Callable[[str], bytes] = checkpoints.artifact) -> Any:
    """A test leaves torch's global state as it was, and finds it so; `stubs.unchanged` works across the border, checkpoints are those handed in."""
    dtype, grad, plain, local = torch.get_default_dtype(), torch.is_grad_enabled(), stubs.unchanged, checkpoints.artifact
    vars(stubs)["unchanged"], vars(checkpoints)["artifact"] = unchanged, read
    torch.manual_seed(SEED)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        vars(stubs)["unchanged"], vars(checkpoints)["artifact"] = plain, local
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(grad)


def grade_cell(cell: MasterCell, namespace: dict[str, Any], read: Callable[[str], bytes] = checkpoints.artifact) -> Tried:
    """Run a test cell; `read` gives it the files of the hand-in.

    Raises WireTimeout and BrokenWire: what became of the child is the session's business.
    """
    try:
        with untouched_torch(read), contextlib.redirect_stdout(io.StringIO()):
            exec(compiled(cell.source, cell.id), namespace)
    except (WireTimeout, BrokenWire):
        raise
    except Exception as error:
        return ended(error)
    return Tried(Outcome.PASSED)


def ended(error: Exception) -> Tried:
    """What an exception that ended a test says about the answer. Those of the student's own code are never the test's verdict."""
    own = bool(getattr(error, "from_answer", False))
    text, kind = str(error), type(error).__name__
    if isinstance(error, AssertionError) and not own:
        return Tried(Outcome.FAILED, text, "AssertionError")
    if isinstance(error, NotImplementedError) and own and text in STUB:
        return Tried(Outcome.NOT_ATTEMPTED)
    if isinstance(error, FileNotFoundError) and CHECKPOINT in text:
        return Tried(Outcome.NOT_ATTEMPTED, "a checkpoint that it needs was not handed in")
    if isinstance(error, MemoryError) or (isinstance(error, RuntimeError) and OUT_OF_MEMORY in text):
        return Tried(Outcome.MEMORY, "it needed more memory than there is", "MemoryError")
    if isinstance(error, NameError):
        found = re.match(r"name '(\w+)' is not defined", text)
        return Tried(Outcome.ERROR, text, "NameError", error.name or (found[1] if found else None), own)
    if isinstance(error, CannotCross):
        return Tried(Outcome.ERROR, f"an answer gave {text}", "TypeError")
    return Tried(Outcome.ERROR, text, kind, own=own)
