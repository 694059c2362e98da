# Moves the test to the top behind a right throw-away definition and keeps a wrong one below; the master's order holds: E1 is lost.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
""",
}


def spoil(notebook):
    cells = notebook["cells"]
    tests = [cell for cell in cells if cell["id"] in ("m1-E1-check", "m1-E1-hidden")]
    right = {"cell_type": "code", "id": "mine", "metadata": {}, "outputs": [], "execution_count": None, "source": "def double(x):\n    return 2 * x"}
    notebook["cells"] = [right, *tests, *(cell for cell in cells if cell not in tests)]


EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
FINDS = ("repaired",)
