# Names its files in Cyrillic, with control letters and a terminal's escape codes; the notebook is graded, messages are printable.

import json


def write(folder, notebook):
    (folder / "m1_tiny\x1b[31m тетрадь\u202e.ipynb").write_text(json.dumps(notebook))


EXPECT = {"D3-hidden": "not attempted", "D4-hidden": "not attempted"}
FINDS = ("repaired",)
