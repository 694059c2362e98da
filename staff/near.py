"""Names that look like one that is not known: for messages."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """`did you mean alice or alise?`, or `otherwise` where nothing known looks like the name."""
    small = {one.lower(): one for one in sorted(known)}
    near = [small[one] for one in difflib.get_close_matches(name.lower(), list(small), n=3)]
    return f"did you mean {' or '.join(near)}?" if near else otherwise
