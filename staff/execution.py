"""Running a notebook of ours from top to bottom in a folder, with pictures, as its reader does."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from nbclient import NotebookClient
from nbformat import NotebookNode

PICTURES = "module://matplotlib_inline.backend_inline"


def execute(notebook: NotebookNode, folder: Path, on_cell: Callable[[int, int], None], cell_seconds: int, **environment: str) -> float:
    """Execute `notebook` in place, in `folder`; returns the seconds. `on_cell` gets how many cells of how many are done.

    Raises nbclient's CellExecutionError where a cell fails, TimeoutError where one takes more than `cell_seconds`.
    """
    client = NotebookClient(notebook, timeout=cell_seconds, kernel_name="python3", resources={"metadata": {"path": str(folder)}})
    client.on_cell_complete = lambda cell, cell_index: on_cell(cell_index + 1, len(notebook.cells))
    begin = perf_counter()
    client.execute(env={**os.environ, "MPLBACKEND": PICTURES, **environment})
    return perf_counter() - begin
