# Hands in a checkpoint of constants, as a network leaves it that gives the mean everywhere; on new data it errs: D3 and D4 fail.

import json

from tests.attacks.course import line


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(line(0.0, 1.0))


EXPECT = {"D3-hidden": "failed", "D4-hidden": "failed"}
