"""Twenty students of one autumn, what happens to each, and the letter that the course memo gives for it, worked out by hand.

Who is not said to do otherwise hands in every notebook in time and right (without the A+B problem), shows level C in both oral exams
and passes the quiz: that is a C. Times are local; the course begins on 24 August 2026 and ends on 25 October, re-exams are open until 20 December.
"""

from __future__ import annotations

from dataclasses import dataclass, field

Uploads = list[tuple[str, str]]  # (when, what): "" is in time, "early" is downloaded before that, else a time after the due date
IN_TIME: Uploads = [("", "right")]
AB: Uploads = [("", "right, problem")]
NOTHING: Uploads = []
THREE_AB = {"m1": AB, "m2": AB, "m4": AB}
C_TWICE = (("1", "C", "2026-09-17 10:00"), ("2", "C", "2026-10-15 10:00"))
SHOWN = (("video", "accepted", "2026-10-19"), ("seminar", "attended", "2026-10-22"))


@dataclass(frozen=True)
class Student:
    """One student: what differs from the usual, the letter at the end of the course and after the re-exams, and a line of the reasons."""

    story: str
    letter: str
    reason: str
    before: str = ""  # the letter at the end of the ordinary course, where another one
    notebooks: dict[str, Uploads] = field(default_factory=dict)
    orals: tuple[tuple[str, str, str], ...] = C_TWICE
    quiz: tuple[tuple[str, str], ...] = (("passed", "2026-10-12"),)
    shows: tuple[tuple[str, str, str], ...] = ()
    points: dict[str, float] = field(default_factory=dict)  # cell -> share of the points that a person gives, where not nearly all
    warned: str = ""

    def uploads(self, module: str) -> Uploads:
        return self.notebooks.get(module, IN_TIME)


CLASS = {
    "ada": Student("does everything, three A+B problems", "A", "A: 3 A+B problems are solved", notebooks=THREE_AB, shows=SHOWN),
    "bea": Student(
        "as ada, but the third problem has 5 of 10 points", "B", "B, not A: 2 of 3 A+B problems solved",
        notebooks={"m1": AB, "m2": AB, "m6": AB}, shows=SHOWN, points={"m6-AB1-code": 0.5, "m6-AB1-reflect": 0.5},
    ),
    "cai": Student("three problems, a seminar, no video", "C", "C, not B: no presentation video", notebooks=THREE_AB, shows=SHOWN[1:]),
    "dan": Student(
        "D1 of m2 wrong, then handed in again with E1 wrong: the best of both counts; oral 2 at level D", "D",
        "D, not C: oral2 at level D: key theory is still to be re-stated",
        notebooks={"m2": [("early", "D wrong"), ("", "E wrong")]}, orals=(C_TWICE[0], ("2", "D", "2026-10-15 10:00")),
    ),
    "eva": Student(
        "one D task wrong, and everything that A asks for", "E", "E, not D: m3_flows: D1 not solved",
        notebooks={**THREE_AB, "m3": [("", "D wrong")]}, shows=SHOWN,
    ),
    "fay": Student(
        "one notebook, one oral exam and the quiz are missing (Fx); all three are made good, and the best letter counts", "A",
        "A: 3 A+B problems are solved", "Fx", notebooks={"m1": AB, "m2": AB, "m3": AB, "m4": [("2026-11-27 10:00", "right")]},
        orals=(C_TWICE[0], ("2", "F", "2026-10-15 10:00"), ("2", "C", "2026-12-01 10:00")),
        quiz=(("failed", "2026-10-12"), ("passed", "2026-12-01")), shows=SHOWN,
    ),
    "gil": Student(
        "m2 late without a late day, m6 only after the course: F, and with F nothing can be renewed", "F",
        "F, not Fx: 2 notebooks (m2_autoregression and m6_gan) lack what E asks for, Fx allows one",
        notebooks={"m2": [("2026-09-12 10:00", "right")], "m6": [("2026-11-27 10:00", "right")]}, warned="with F nothing can be renewed",
    ),
    "hal": Student(
        "leaves pledge and AI disclosure of m3 untouched", "Fx",
        "Fx, not E: m3_flows: pledge and AI disclosure untouched, so the notebook does not count", notebooks={"m3": [("", "untouched")]},
    ),
    "ida": Student(
        "hands m1 in untouched, and once more with the disclosure before it is due", "C", "C, not B: 0 of 1 A+B problem solved",
        notebooks={"m1": [("", "untouched"), ("", "right")]},
    ),
    "jon": Student(
        "uses 1 and 2 of five late days", "C", "C, not B: 0 of 1 A+B problem solved",
        notebooks={"m2": [("2026-09-12 12:00", "right, 2 late days")], "m5": [("2026-10-04 10:00", "right, 2 late days")]},
    ),
    "kim": Student(
        "uses 2 and 2 late days, and needs 2 more where one is left", "Fx",
        "Fx, not E: m6_gan: handed in late, so the notebook does not count", warned="m6_gan of 11 Oct 2026 does not count: late",
        notebooks={key: [(f"{day} 12:00", "right, 2 late days")] for key, day in (("m1", "2026-09-06"), ("m2", "2026-09-13"), ("m6", "2026-10-11"))},
    ),
    "leo": Student(
        "an extension of m3, which moves the oral exam, too; one problem, video, seminar", "B", "B, not A: 1 of 3 A+B problems solved",
        notebooks={"m3": [("2026-09-19 18:00", "right")], "m4": AB}, orals=(("1", "C", "2026-09-22 10:00"), C_TWICE[1]), shows=SHOWN,
    ),
    "mia": Student(
        "fails oral 1, takes it again in exam week 2", "C", "C, not B: 0 of 1 A+B problem solved",
        orals=(("1", "F", "2026-09-17 10:00"), C_TWICE[1], ("1", "C", "2026-10-21 10:00")),
    ),
    "noa": Student(
        "takes both oral exams again, where one may be", "E", "E, not D: oral2 at level E", warned="oral exam again is used up",
        orals=(*((n, "E", at) for n, _, at in C_TWICE), ("1", "D", "2026-10-21 10:00"), ("2", "D", "2026-10-21 14:00")),
    ),
    "oda": Student(
        "passes the quiz a day late, and again after the course, without having asked", "C", "C, not B: 0 of 1 A+B problem solved", "Fx",
        quiz=(("passed", "2026-10-14"), ("passed", "2026-12-01")), warned="no request for renewed examination on record",
    ),
    "pia": Student(
        "passes the quiz within an extension; oral 1 at level D", "D", "D, not C: oral1 at level D: key theory is still to be re-stated",
        orals=(("1", "D", "2026-09-17 10:00"), C_TWICE[1]), quiz=(("passed", "2026-10-19"),),
    ),
    "quy": Student(
        "two notebooks missing, Fx by the examiner's decision; one of them comes later, the other never", "Fx", "Fx by decision of KM, 26 Oct 2026",
        notebooks={"m4": [("2026-11-27 10:00", "right")], "m5": NOTHING},
    ),
    "rob": Student(
        "E; hands in m5 again and takes oral 2 again; a second notebook, with the problem that a B asks for, is one too many", "C",
        "C, not B: 0 of 1 A+B problem solved", "E", warned="one notebook may be renewed, and m5_diffusion was",
        notebooks={"m5": [("", "D wrong"), ("2026-11-26 10:00", "right")], "m6": [*IN_TIME, ("2026-11-27 10:00", "right, problem")]},
        orals=(C_TWICE[0], ("2", "E", "2026-10-15 10:00"), ("2", "C", "2026-12-01 10:00")), shows=SHOWN,
    ),
    "sam": Student(
        "the video comes a day late, and once more after the course", "B", "B, not A: 1 of 3 A+B problems solved", "C",
        notebooks={"m4": AB}, shows=(("video", "accepted", "2026-10-21"), SHOWN[1], ("video", "accepted", "2026-12-01")),
        warned="late, due 20 Oct 2026 23:59",
    ),
    "tea": Student(
        "leaves after the first notebook", "F", "F, not Fx: 6 notebooks", notebooks={f"m{n}": NOTHING for n in range(2, 8)}, orals=(), quiz=(),
    ),
}  # fmt: skip
