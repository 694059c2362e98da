# Is a notebook of 101 MB; it is not opened, a finding says so.


def write(folder, notebook):
    with (folder / "m1_tiny.ipynb").open("wb") as file:
        file.truncate(101 * 2**20)


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
