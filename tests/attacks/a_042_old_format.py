# Is a notebook of format 3 (worksheets, input); it is upgraded and graded.

import json


def write(folder, notebook):
    cells = [{**cell, "input": cell["source"]} if cell["cell_type"] == "code" else cell for cell in notebook["cells"]]
    (folder / "m1_tiny.ipynb").write_text(json.dumps({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}))


EXPECT = {"D3-hidden": "not attempted", "D4-hidden": "not attempted"}
FINDS = ("repaired",)
