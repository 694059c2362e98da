# Replaces IPython's showtraceback so that errors vanish; the code is wrong: it loses E1, no more.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
get_ipython().showtraceback = lambda *a, **k: None
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
