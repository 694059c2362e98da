# Makes IPython read every later cell as `pass`; tests run elsewhere: it loses E1.

CELLS = {
    "E1-code": r"""
def double(x):
    return x * 0 + 1
get_ipython().input_transformers_cleanup.append(lambda lines: ['pass\n'])
""",
}
EXPECT = {"E1-check": "failed", "E1-hidden": "failed"}
