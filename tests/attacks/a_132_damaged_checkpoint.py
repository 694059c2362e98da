# Is a zip whose checkpoint can't be unpacked; the notebook in it is graded.

import json
import zipfile

from tests.attacks.course import line


def write(folder, notebook):
    path = folder / "m1_tiny.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m1_tiny.ipynb", json.dumps(notebook))
        archive.writestr("artifacts/line.safetensors", line())
        place = archive.getinfo("artifacts/line.safetensors").header_offset + 30 + len("artifacts/line.safetensors")
    data = path.read_bytes()
    path.write_bytes(data[:place] + b"\xff" * 20 + data[place + 20 :])


EXPECT = {"D3-hidden": "not attempted", "D4-hidden": "not attempted"}
