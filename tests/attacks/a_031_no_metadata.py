# Was saved by a program that drops all metadata and ids; cells are found by their text, nothing is lost.


def spoil(notebook):
    notebook["metadata"] = {}
    for cell in notebook["cells"]:
        cell["metadata"] = {}
        del cell["id"]


FINDS = ("repaired",)
