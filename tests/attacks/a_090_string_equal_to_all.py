# Answers with a string and a number that say they equal everything; their plain values cross: the cells fail.

CELLS = {
    "E3-answer-choice": """
class Any(str):
    def __eq__(self, other): return True
    def __hash__(self): return 0
best = Any('mode')
""",
    "E3-answer-number": """
class Number(float):
    def __sub__(self, other): return 0.0
    def __abs__(self): return 0.0
share = Number(9.0)
""",
    "E3-answer-flag": """
class Truth(int):
    def __eq__(self, other): return True
is_linear = Truth(1)
""",
}
EXPECT = {"E3-hidden-choice": "failed", "E3-hidden-number": "failed", "E3-check-flag": "failed"}
