"""`make bench -k fuzz`: a thousand notebooks broken at random, other ones than those of the tests. COURSE_FUZZ=2000 begins at another seed."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from rich.console import Console

from tests.staff.fuzzed import check_fuzzed_class, write_fuzzed_class

pytestmark = [pytest.mark.bench, pytest.mark.timeout(7200)]


def test_a_thousand_broken_notebooks(tmp_path: Path) -> None:
    write_fuzzed_class(tmp_path, int(os.environ.get("COURSE_FUZZ", "1000")), 1000)
    results = check_fuzzed_class(tmp_path)
    counted = Counter(cell.outcome.value for result in results for cell in result.cells)
    slowest = max(results, key=lambda result: result.seconds)
    Console().print(f"{len(results)} hand-ins: {dict(counted)}; the slowest took {slowest.seconds:.1f} s ({slowest.student})", highlight=False)
