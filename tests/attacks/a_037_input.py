# Right, but asks for input() in the same cell after the definition; it keeps its points.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x
name = input('your name? ')
""",
}
