# Puts a pipe in the place of the notebook, which nobody ever writes to, and a socket beside it; nothing waits for it: every cell is `not attempted`.

import os


def write(folder, notebook):
    os.mkfifo(folder / "m1_tiny.ipynb")
    os.mkfifo(folder / "timestamp.txt")


EXPECT = {"*": "not attempted"}
FINDS = ("malformed",)
