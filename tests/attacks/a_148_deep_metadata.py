# Holds metadata nested a hundred thousand deep, which overruns a reader's stack; a finding says that it can't be read.

import json


def write(folder, notebook):
    deep = "[" * 100_000 + "]" * 100_000
    notebook["metadata"]["deep"] = "@@"
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook).replace('"@@"', deep))


EXPECT = {"*": ("passed", "by hand", "not attempted")}
FINDS = ("malformed",)
