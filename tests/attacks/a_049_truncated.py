# Breaks off in the middle of the file; its whole cells are graded.

import json


def write(folder, notebook):
    text = json.dumps(notebook)
    (folder / "m1_tiny.ipynb").write_text(text[: text.index("m1-D1-code") - 200])


EXPECT = {"D*": "not attempted", "E2*": "not attempted", "E3*": "not attempted", "AB1-code": "not attempted"}
FINDS = ("malformed",)
