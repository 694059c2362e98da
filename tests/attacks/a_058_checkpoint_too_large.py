# Hands in a checkpoint of 65 MB; it is left out, and said so.

import json


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    with (folder / "artifacts" / "line.safetensors").open("wb") as file:
        file.truncate(65 * 2**20)


EXPECT = {"D3-hidden": ("error", "not attempted"), "D4-hidden": ("error", "not attempted")}
FINDS = ("malformed",)
