# Writes a forged reply, right for the check, before it is called, to be taken for the next one; it gains nothing.

from tests.attacks.course import FORGER

CELLS = {
    "E1-code": FORGER
    + """
def double(x):
    return x * 0 + 1

pipe = channel()
for k in range(1, 60):
    pipe.send(message(None, k))
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
