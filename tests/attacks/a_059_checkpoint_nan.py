# Hands in a checkpoint of NaN; the numbers are not finite: D3 fails.

import json

from tests.attacks.course import line


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(line(float("nan")))


EXPECT = {"D3-hidden": "failed", "D4-hidden": "error"}
