# Hands in more checkpoints than the disk holds; what fits is there, the notebook is graded.

import json

from tests.attacks.course import line


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    for k in range(4):
        (folder / "artifacts" / f"a{k}.safetensors").write_bytes(b"\0" * 30 * 2**20)
    (folder / "artifacts" / "line.safetensors").write_bytes(line())


EXPECT = {"D3-hidden": ("passed", "error", "not attempted"), "D4-hidden": ("passed", "error", "not attempted")}
