"""The memo once more, written from its text without a look at staff/grade.py: numbers in, a letter out, from A downwards.

It knows nothing of needs or steps. Each sentence of the memo is one condition over the numbers of `Plain`.
"""

from __future__ import annotations

from tests.staff.records import Plain


def letter(student: Plain, share: bool = True, d_spare: int = 0, fx_strict: bool = False, fx_one_in_all: bool = False) -> str:
    """The letter; the switches as plain arguments."""
    submitted = [(e, d, ab) for state, e, d, ab in student.notebooks if state == 0]  # on time and disclosed: only these are looked at
    fine = len([1 for e, _, _ in submitted if e == 0])
    asked = len(student.notebooks)
    weakest = min(student.orals)
    undone = sum(d for _, _, d, _ in student.notebooks)
    applications = [ab for _, _, ab in submitted]
    total = sum(applications) if share else len([ab for ab in applications if ab])
    everything_mandatory = fine == asked and student.quiz and weakest > 0
    if everything_mandatory:
        if undone > d_spare or weakest < 2:
            return "E"
        if weakest < 3:
            return "D"
        presented = student.video and student.seminar
        return "C" if not presented or total == 0 else "A" if total >= 3 else "B"
    failed_orals = len([level for level in student.orals if level == 0])
    if asked - fine > 1 or failed_orals > 1:
        return "F"
    if fx_strict and len(submitted) < asked:
        return "F"
    if fx_one_in_all and (asked - fine) + failed_orals + (not student.quiz) > 1:
        return "F"
    return "Fx"
