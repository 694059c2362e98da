"""One test cell, run in the judge's process over a namespace of proxies."""

from __future__ import annotations

import contextlib
import io
from dataclasses import dataclass
from functools import cache
from types import CodeType
from typing import Any

import torch

from staff.judge.inside.peer import BrokenWire
from staff.judge.inside.wire import CannotCross, WireTimeout
from staff.judge.remote import unchanged
from staff.master import MasterCell
from staff.outcomes import Outcome


@dataclass(frozen=True)
class Tried:
    """How a test cell ended: outcome, what was said, the exception's class, and the name that was missing, if one was."""

    outcome: Outcome
    message: str = ""
    kind: str = ""
    missing: str | None = None


@cache
def compiled(source: str, name: str) -> CodeType:
    return compile(source, name, "exec")


@contextlib.contextmanager
def untouched_torch() -> Any:
    """A test leaves torch's global state as it was, and finds it so; `stubs.unchanged` works across the border."""
    from helpers import stubs

    dtype, grad, plain = torch.get_default_dtype(), torch.is_grad_enabled(), stubs.unchanged
    stubs.unchanged = unchanged
    try:
        yield
    finally:
        stubs.unchanged = plain
        torch.set_default_dtype(dtype)
        torch.set_grad_enabled(grad)


def grade_cell(cell: MasterCell, namespace: dict[str, Any]) -> Tried:
    """Run a test cell. Raises WireTimeout and BrokenWire: what became of the child is the session's business."""
    try:
        with untouched_torch(), contextlib.redirect_stdout(io.StringIO()):
            exec(compiled(cell.source, cell.id), namespace)
    except (WireTimeout, BrokenWire):
        raise
    except AssertionError as error:
        return Tried(Outcome.FAILED, str(error), "AssertionError")
    except NotImplementedError:
        return Tried(Outcome.NOT_ATTEMPTED)
    except MemoryError:
        return Tried(Outcome.MEMORY, "it needed more memory than there is", "MemoryError")
    except NameError as error:
        return Tried(Outcome.ERROR, str(error), "NameError", error.name)
    except CannotCross as error:
        return Tried(Outcome.ERROR, f"an answer gave {error}", "TypeError")
    except Exception as error:
        return Tried(Outcome.ERROR, str(error), type(error).__name__)
    return Tried(Outcome.PASSED)
