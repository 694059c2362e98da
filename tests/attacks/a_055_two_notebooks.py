# Holds two notebooks, an old one with wrong answers; the one of the right name is graded.

import json


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    for cell in notebook["cells"]:
        cell["source"] = "pass"
    (folder / "m1_tiny (copy).ipynb").write_text(json.dumps(notebook))


EXPECT = {"D3-hidden": "not attempted", "D4-hidden": "not attempted"}
FINDS = ("repaired",)
