# Answers a number with NaN, for comparisons that NaN slips through; the cell fails.

CELLS = {
    "E3-answer-number": """
share = float('nan')
""",
}
EXPECT = {"E3-hidden-number": "failed"}
