# Forges the reply to its cell, then never reads again while the judge sends a cell of four megabytes; the judge's sending has a deadline too.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x
""",
}
ADDED = {
    "m1-D1-check": FORGER
    + """

channel().send(message(None, number()))
time.sleep(1e6)
""",
    "m1-D1-hidden": """
text = '@@'
""",
}


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["source"] = cell["source"].replace("@@", "x" * 4_000_000)


EXPECT = {"D*": "any", "E2*": "any", "E3*": "any"}
