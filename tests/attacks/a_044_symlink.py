# Lays links to the team's files beside the notebook and as a checkpoint; links are not followed, the notebook is graded.

import json


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "notes.txt").symlink_to("/etc/hostname")
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").symlink_to(folder.parents[2] / "source" / "m1_tiny" / "m1_tiny.ipynb")


EXPECT = {"D3-hidden": "not attempted", "D4-hidden": "not attempted"}
FINDS = ("malformed",)
