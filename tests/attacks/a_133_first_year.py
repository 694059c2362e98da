# Says that it was handed in on the first day of the calendar, which is before the first day in another time zone.

import json

from tests.attacks.course import line


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "timestamp.txt").write_text("0001-01-01 00:00:00 +0200")
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(line())


FINDS = ("malformed",)
