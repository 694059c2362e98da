# Gives a list that holds itself, and a dict that does; they are refused: an error.

CELLS = {
    "E1-code": """
def double(x):
    value = []
    value.append({'me': value})
    return value
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
