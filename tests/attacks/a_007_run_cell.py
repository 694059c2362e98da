# Replaces IPython's run_cell by one that always succeeds; the code is wrong: it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
get_ipython().run_cell = lambda *a, **k: None
get_ipython().kernel.shell.run_cell = lambda *a, **k: None
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
