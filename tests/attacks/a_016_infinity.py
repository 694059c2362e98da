# Answers with infinity, which crashes graders that add scores up; this cell fails, the others keep their points.

CELLS = {
    "E3-answer-number": """
share = float('inf')
share
""",
}
EXPECT = {"E3-hidden-number": "failed"}
