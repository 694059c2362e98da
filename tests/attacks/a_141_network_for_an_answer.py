# Gives back the judge's own network, or its own function, where numbers are asked for; neither is a number, nor unequal to one: D2 and E1 are errors.

CELLS = {
    "E1-code": """
def double(x):
    return double
""",
    "D2-code": """
def squared_error(net, x, y):
    return net
""",
}
EXPECT = {"E1-*": ("error", "passed", "by hand"), "E1-check": "error", "E1-hidden": "error", "D2-*": "error"}
