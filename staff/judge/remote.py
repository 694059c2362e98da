"""What stands in a test's namespace for the names that a student defined: calls go to the sandbox, plain data comes back."""

from __future__ import annotations

import builtins
from typing import Any

from helpers import stubs
from helpers.compare import WRITTEN_TO
from staff.judge.inside import stubwire
from staff.judge.inside.peer import Peer, RemoteError
from staff.judge.inside.wire import BrokenWire, CannotCross, Packer, Unpacker

METHODS = ("state_dict", "load_state_dict")  # all that a test may ask of an object of the student's, besides calling it

NO_VALUE = "an answer gave an object of its own where a value is wanted"


class AnswerError(Exception):
    """A student's code raised something that is no ordinary exception of Python's."""


class Remote:
    """An object of the student's, called from here. `handle` is its name, or the number under which the sandbox keeps it."""

    def __init__(self, peer: Peer, handle: str, method: str = "") -> None:
        self._peer, self._handle, self._method = peer, handle, method

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._ask(args, kwargs)

    def _ask(self, args: tuple[Any, ...], kwargs: dict[str, Any], unchanged: bool = False) -> Any:
        try:
            return self._peer.call(self._handle, self._method, args, kwargs, unchanged)
        except RemoteError as error:
            raise local_exception(error, unchanged) from None

    def __getattr__(self, name: str) -> Remote:
        if name not in METHODS or self._method:
            raise AttributeError(f"{NO_VALUE} (.{name})")
        return Remote(self._peer, self._handle, name)

    def _no_value(self, *args: Any) -> Any:
        raise TypeError(NO_VALUE)

    __bool__ = __eq__ = __ne__ = _no_value  # Python's own: every object is true, and unequal to every value
    __hash__ = object.__hash__

    def __repr__(self) -> str:
        return "an object of the answer's own"


def local_exception(error: RemoteError, unchanged: bool = False) -> Exception:
    """The exception that the test would have seen in a notebook: the same class where Python has it, with the text alone.

    `from_answer` marks it, so that an AssertionError of a student's is not taken for a test's.
    """
    if error.kind == CannotCross.__name__:
        return CannotCross(error.text)
    raised: Exception
    try:
        kind = getattr(builtins, error.kind, None)
        raised = kind(error.text) if isinstance(kind, type) and issubclass(kind, Exception) else AnswerError(error.text)
    except Exception:  # a class that wants more than a text
        raised = AnswerError(error.text)
    raised.from_answer = not (unchanged and error.kind == "AssertionError" and error.text == WRITTEN_TO)  # type: ignore[attr-defined]
    return raised


def pack_special(peer: Peer, packer: Packer, value: Any) -> Any:
    if isinstance(value, Remote):
        return {"h": value._handle}
    return stubwire.pack_stub(peer, packer, value)


def unpack_special(peer: Peer, unpacker: Unpacker, tree: Any, leaves: list[Any]) -> Any:
    """From the sandbox only handles come beside plain data."""
    if isinstance(tree, dict) and isinstance(tree.get("h"), str):
        return Remote(peer, tree["h"])
    raise BrokenWire("an unknown kind of value")


def unchanged(f: Any, *args: Any) -> Any:
    """`stubs.unchanged` on this side of the border: the sandbox looks at its own copies of the arguments."""
    return f._ask(args, {}, unchanged=True) if isinstance(f, Remote) else plain_unchanged(f, *args)


plain_unchanged = stubs.unchanged
