# Is a zip whose members lead out of the folder, and a right notebook; only the notebook is read.

import json
import zipfile

from tests.attacks.course import line


def write(folder, notebook):
    with zipfile.ZipFile(folder / "m1_tiny.zip", "w") as archive:
        archive.writestr("../../../source/m1_tiny/m1_tiny.ipynb", "{}")
        archive.writestr("/etc/passwd", "root")
        archive.writestr("artifacts/line.safetensors", line())
        archive.writestr("m1_tiny.ipynb", json.dumps(notebook))


FINDS = ("malformed",)
