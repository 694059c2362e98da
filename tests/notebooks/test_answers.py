"""The tests of every module, proved on its bank: every wrong answer fails, no right one does, a blank one gets nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from staff.answers import check_answers
from staff.config import load_course

ROOT = Path(__file__).parents[2]
COURSE = load_course(ROOT)
MODULES = [module for module in COURSE.modules if (ROOT / "source" / module.id).is_dir()]


@pytest.mark.timeout(1200)
@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.id)
def test_the_answer_bank_is_clean(module) -> None:
    report = check_answers(COURSE, ROOT, module, workers=1)
    assert report.clean, "\n".join(report.all_problems())
    assert sum(row.kind == "mutant" for row in report.rows) >= 100, "a bank of this size was promised"
