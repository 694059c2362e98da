# Turns a test cell into text; it is restored, nothing is lost.


def spoil(notebook):
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "m1-E1-hidden")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


FINDS = ("repaired",)
