# Writes garbage to every descriptor there is; its own line breaks: `crashed`, the other tasks are graded.

CELLS = {
    "E1-code": """
import os
def double(x):
    for number in range(256):
        try:
            os.write(number, os.urandom(64))
        except OSError:
            pass
    return 2 * x
""",
}
EXPECT = {"E1-check": "lost", "E1-hidden": "lost"}
