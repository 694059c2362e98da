# Holds a folder that is called like the notebook, with the notebook in it; it is found and graded.

import json

from tests.attacks.course import line


def write(folder, notebook):
    inside = folder / "m1_tiny.ipynb"
    inside.mkdir()
    (inside / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(line())
