# Is a zip that says its notebook of 120 MB has a hundred bytes; what it says is not believed, nothing is unpacked beyond the limit.

import struct
import zipfile


def write(folder, notebook):
    path = folder / "m1_tiny.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("m1_tiny.ipynb", b" " * (120 * 2**20))
    data = bytearray(path.read_bytes())
    small = struct.pack("<I", 100)
    data[22:26] = small
    place = data.rindex(b"PK\x01\x02") + 24
    data[place : place + 4] = small
    path.write_bytes(bytes(data))


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
