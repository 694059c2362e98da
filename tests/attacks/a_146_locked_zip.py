# Is a zip that wants a password; it can't be read, a finding says so, every cell is `not attempted`.

import json
import zipfile


def write(folder, notebook):
    path = folder / "m1_tiny.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("m1_tiny.ipynb", json.dumps(notebook))
    data = bytearray(path.read_bytes())
    data[6] |= 1  # the flag of encryption, in the file's header and in the directory
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(bytes(data))


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
