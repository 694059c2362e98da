# Installs a handler that swallows every exception in IPython; the code is wrong: it loses E1.

CELLS = {
    "E1-code": """
def double(x):
    return x * 0 + 1
get_ipython().set_custom_exc((Exception,), lambda *a, **k: None)
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
