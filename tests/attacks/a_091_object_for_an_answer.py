# Answers with objects and a function in the place of a word, a number and a truth value; they are not what is asked for.

CELLS = {
    "E3-answer-choice": """
class Any:
    def __eq__(self, other): return True
best = Any()
""",
    "E3-answer-number": """
class Number:
    def __float__(self): return 0.375
share = Number()
""",
    "E3-answer-flag": """
def is_linear():
    return True
""",
}
EXPECT = {"E3-hidden-choice": "error", "E3-hidden-number": "error", "E3-check-flag": "failed"}
