# Replaces the kernel's do_execute so that every cell is 'ok'; the code is wrong: it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
get_ipython().kernel.do_execute = lambda *a, **k: {'status': 'ok'}
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
