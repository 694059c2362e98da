# Right but for one answer that misses a name, so that the whole notebook is run, which never ends; the other tasks keep their points.

CELLS = {
    "D1-code": """
def weighted_mean(x, w):
    return shift2 * (w * x).sum() / w.sum()
""",
}


def spoil(notebook):
    next(cell for cell in notebook["cells"] if cell["id"] == "m1-E1-try")["source"] = "shift2 = 1.0\nwhile True:\n    pass"


EXPECT = {"D1-check": ("error", "timeout"), "D1-hidden": ("error", "timeout")}
