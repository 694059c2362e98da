# Puts the grade flag and 7 points on an answer cell; the master's flags hold, nothing is lost or gained.


def spoil(notebook):
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "m1-E1-code")
    cell["metadata"]["nbgrader"].update(grade=True, points=7)
