# Lacks a test cell; it is put back and graded, nothing is lost.


def spoil(notebook):
    notebook["cells"] = [cell for cell in notebook["cells"] if cell["id"] != "m1-E1-hidden"]


FINDS = ("repaired",)
