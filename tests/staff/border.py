"""Answers in a sandbox, for tests of the border: `Answers.load(source)` runs a cell in a fresh child, `answers["f"]` is what a test sees."""

from __future__ import annotations

import time
from typing import Any

from staff.judge.inside.isolation import Limits
from staff.judge.inside.peer import Peer
from staff.judge.inside.wire import SESSION
from staff.judge.remote import Remote, pack_special, unpack_special
from staff.judge.sandbox import Sandbox

SETUP = "import torch\nfrom torch import nn\nfrom helpers import stubs\n"


class Answers:
    """One sandbox; a child of it at a time."""

    def __init__(self, limits: Limits | None = None) -> None:
        self.sandbox = Sandbox(limits)
        self.peer: Peer | None = None

    def load(self, source: str, seconds: float = 60.0) -> Answers:
        self.drop()
        self.peer = Peer(self.sandbox.child(), {}, pack_special, unpack_special)
        self.peer.deadline = time.monotonic() + seconds
        error = self.peer.call(SESSION, "run", ("cell", SETUP + source), {})
        assert error is None, error
        return self

    def __getitem__(self, name: str) -> Any:
        assert self.peer is not None
        return Remote(self.peer, name)

    def drop(self) -> str:
        """End the child; says why it ended."""
        peer, self.peer = self.peer, None
        if peer is None:
            return ""
        peer.channel.close()
        return self.sandbox.kill()

    def close(self) -> None:
        self.drop()
        self.sandbox.close()
