# Holds a locked test cell twice; the original is graded once, nothing is lost.


def spoil(notebook):
    cells = notebook["cells"]
    place = next(k for k, cell in enumerate(cells) if cell["id"] == "m1-E1-hidden")
    cells.insert(place, dict(cells[place]))


FINDS = ("repaired",)
