# Sends a reply of its own and then the real one; the first is taken, the second is past: E1, whose replies are wrong, is lost.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """

def double(x):
    channel().send(message(7.0, number()))
    return 2 * x
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
