# Replaces AssertionError in builtins by a class that is never raised; the tests have their own: it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
import builtins
class Never(BaseException):
    def __new__(cls, *a): return SystemExit(0)
builtins.AssertionError = Never
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
