# Hands in eight hundred pictures whose names come before the notebook's; the notebook and its checkpoint are found among them.

import json

from tests.attacks.course import line


def write(folder, notebook):
    (folder / "a_data").mkdir()
    for number in range(800):
        (folder / "a_data" / f"{number:04}.png").write_bytes(b"\x89PNG")
    (folder / "m1_tiny.ipynb").write_text(json.dumps(notebook))
    (folder / "artifacts").mkdir()
    (folder / "artifacts" / "line.safetensors").write_bytes(line())
