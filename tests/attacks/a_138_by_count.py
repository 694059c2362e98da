# Answers its first call rightly, which is the visible check's, and no other; the check keeps its point, the hidden tests are lost.

CELLS = {
    "E1-code": """
calls = 0
def double(x):
    global calls
    calls += 1
    return 2 * x if calls == 1 else x * 0
""",
}
EXPECT = {"E1-hidden": "failed"}
