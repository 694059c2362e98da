"""What a case of the corpus is. One file each, `a_NN_name.py`: a first line in words, then some of these names.

CELLS     {answer's grade id without "m1-": source}: what stands in the place of the right answer
ADDED     {id of the cell before it: source}: code cells of the student's own
spoil     function of the notebook as a dict: changes anything else in it
write     function of (folder, notebook): writes the hand-in itself, in the place of the notebook and its checkpoint
EXPECT    {graded cell without "m1-": its outcome, or a tuple of outcomes}: every other cell passes (a reflection waits for a person).
          "lost" is any outcome without points, "any" any at all (a submission may hurt itself); "D*" is every cell whose name begins with D
FINDS     the kinds of findings that there must be
SILENT    texts that no message may hold
COPIES    how many students hand it in (cases about what one leaves for the next: of three, two meet in one sandbox)
"""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

LOST = ("failed", "error", "timeout", "memory", "crashed")
FOLDER = Path(__file__).parent
MODULE = "m1_tiny"


@dataclass(frozen=True)
class Case:
    name: str
    cells: dict[str, str] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    spoil: Callable[[dict[str, Any]], None] | None = None
    write: Callable[[Path, dict[str, Any]], None] | None = None
    expect: dict[str, Any] = field(default_factory=dict)
    finds: tuple[str, ...] = ()
    silent: tuple[str, ...] = ()
    copies: int = 1

    @property
    def students(self) -> list[str]:
        return [self.name] if self.copies == 1 else [f"{self.name}.{copy}" for copy in range(self.copies)]

    def wanted(self, name: str) -> tuple[str, ...]:
        """The outcomes that are right for a graded cell."""
        pattern = next((known for known in self.expect if fnmatch(name, known)), None)
        wanted = self.expect.get(name, self.expect[pattern] if pattern else "passed")
        if "reflect" in name or name == "AB1-code":
            return ("not attempted",) if wanted == "not attempted" else ("by hand",)
        named = {"lost": LOST, "any": ("passed", *LOST)}
        return named.get(wanted, (wanted,)) if isinstance(wanted, str) else wanted

    def hand_in(self, folder: Path, notebook: dict[str, Any], checkpoint: bytes) -> None:
        """Write the hand-in; `notebook` is the honest one, and may be changed."""
        for row in notebook["cells"]:
            source = self.cells.get(str(row["metadata"].get("nbgrader", {}).get("grade_id", ""))[3:])
            row["source"] = row["source"] if source is None else source
        for before, source in self.added.items():
            place = 1 + next(k for k, row in enumerate(notebook["cells"]) if row["id"] == before)
            own = {"cell_type": "code", "id": f"own-{place}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
            notebook["cells"].insert(place, own)
        if self.spoil:
            self.spoil(notebook)
        folder.mkdir(parents=True)
        if self.write:
            self.write(folder, notebook)
            return
        (folder / f"{MODULE}.ipynb").write_text(json.dumps(notebook))
        (folder / "artifacts").mkdir()
        (folder / "artifacts" / "line.safetensors").write_bytes(checkpoint)


def load(path: Path) -> Case:
    """The case in a file."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    names = ("cells", "added", "expect", "finds", "silent", "copies")
    known = {name: getattr(module, name.upper()) for name in names if hasattr(module, name.upper())}
    known |= {name: getattr(module, name) for name in ("spoil", "write") if hasattr(module, name)}
    return Case(path.stem, **known)


def all_cases() -> list[Case]:
    return [load(path) for path in sorted(FOLDER.glob("a_*.py"))]
