# Replaces float in builtins by a class with another repr; the tests' float is their own: the cell fails.

CELLS = {
    "E3-answer-number": """
import builtins
class Number(float):
    def __new__(cls, value=0.375): return super().__new__(cls, 0.375)
    def __repr__(self): return 'hello'
builtins.float = Number
share = 9.0
""",
}
EXPECT = {"E3-hidden-number": "failed"}
