# Answers rightly on the days of its own tests and wrongly when grades are made; the day that counts is that of the grading: it loses E1.

CELLS = {
    "E1-code": """
import time
def double(x):
    return 2 * x if time.time() < 1_700_000_000 else x * 0
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
