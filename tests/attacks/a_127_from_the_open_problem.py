# Right, but its function uses a number of the open problem's cell, which no test needs; the whole notebook is run then, the points stay.

CELLS = {
    "AB1-code": "factor = 2",
    "E1-code": """
def double(x):
    return factor * x
""",
}
