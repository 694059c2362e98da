# Is called 'm1_tiny (1).ipynb' by a browser; it is found and graded.

import json


def write(folder, notebook):
    (folder / "m1_tiny (1).ipynb").write_text(json.dumps(notebook))


EXPECT = {"D3-hidden": "not attempted", "D4-hidden": "not attempted"}
FINDS = ("repaired",)
