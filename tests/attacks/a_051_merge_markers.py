# Holds git's merge markers; one side is graded.

import json


def write(folder, notebook):
    text = json.dumps(notebook, indent=1)
    conflict = '<<<<<<< HEAD\n "nbformat": 4\n=======\n "nbformat": 4\n>>>>>>> other\n'
    (folder / "m1_tiny.ipynb").write_text(text.replace('"nbformat": 4', conflict, 1).replace("other\n,", "other\n ,"))


EXPECT = {"D3-hidden": "not attempted", "D4-hidden": "not attempted"}
FINDS = ("malformed",)
