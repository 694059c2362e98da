# Holds the cells in reverse order; they are graded in the master's order, nothing is lost.


def spoil(notebook):
    notebook["cells"].reverse()


FINDS = ("repaired",)
