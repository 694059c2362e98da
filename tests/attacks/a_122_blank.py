# Leaves every answer blank; every cell is `not attempted`, none is an error.


def spoil(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("solution"):
            cell["source"] = 'raise NotImplementedError("write your answer here")' if cell["cell_type"] == "code" else "YOUR ANSWER HERE"


EXPECT = {"*": "not attempted"}
