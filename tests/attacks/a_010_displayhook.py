# Shows 3.0 by sys.displayhook inside the function, as if it were the score; it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    import sys
    sys.displayhook(3.0)
    return x * 0 + 1
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
