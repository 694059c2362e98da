# Answers -100 and shows it as the cell's last value; the cell fails with 0 points, not -100.

CELLS = {
    "E3-answer-number": """
share = -100.0
share
""",
}
EXPECT = {"E3-hidden-number": "failed"}
