# Holds a cell of ten megabytes; it is not run, the other tasks are graded.

CELLS = {
    "E1-code": """
@@
def double(x):
    return 2 * x
""",
}


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("@@", "# " + "x" * 10_000_000)


EXPECT = {"E1-check": "error", "E1-hidden": "error"}
