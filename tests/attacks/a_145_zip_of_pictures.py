# Is a zip in which eight hundred pictures come before the notebook and its checkpoint; both are found, a finding says that not all was looked at.

import json
import zipfile

from tests.attacks.course import line


def write(folder, notebook):
    with zipfile.ZipFile(folder / "m1_tiny.zip", "w") as archive:
        for number in range(800):
            archive.writestr(f"a_data/{number:04}.png", b"\x89PNG")
        archive.writestr("m1_tiny.ipynb", json.dumps(notebook))
        archive.writestr("artifacts/line.safetensors", line())


FINDS = ("malformed",)
