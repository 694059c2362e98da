# Is a file of no bytes; a finding says so, every cell is `not attempted`.


def write(folder, notebook):
    (folder / "m1_tiny.ipynb").write_bytes(b"")


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
