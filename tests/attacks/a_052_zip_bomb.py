# Is a zip that unpacks to half a gigabyte; it is not unpacked beyond the limit.

import zipfile


def write(folder, notebook):
    with zipfile.ZipFile(folder / "m1_tiny.zip", "w", zipfile.ZIP_DEFLATED) as archive, archive.open("m1_tiny.ipynb", "w") as file:
        for _ in range(110):
            file.write(b" " * 2**20)


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
