# Brings torch.py, helpers.py, json.py, random.py and a package staff beside the notebook; extra files are ignored, all points stay.

import json

from tests.attacks.course import line


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(line())
    (folder / "staff").mkdir()
    for name in ("torch.py", "helpers.py", "json.py", "random.py", "safetensors.py", "sitecustomize.py", "staff/__init__.py"):
        (folder / name).write_text("raise SystemExit('shadowed')\nallclose = equal = lambda *a, **k: True")
