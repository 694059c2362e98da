# Sleeps for ever in its cell; that answer is `timeout`, the others are graded.

CELLS = {
    "E1-code": """
def double(x):
    return 2 * x
import time
time.sleep(1e6)
""",
}
EXPECT = {"E1-check": "timeout", "E1-hidden": "timeout"}
