# Flags a test cell as a solution and empties it; the master's flags hold: E1, answered wrongly, is lost.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
""",
}


def spoil(notebook):
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "m1-E1-hidden")
    cell["metadata"]["nbgrader"].update(solution=True, locked=False)
    cell["source"] = "pass"


EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
FINDS = ("tampered",)
