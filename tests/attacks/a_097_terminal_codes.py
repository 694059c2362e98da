# Raises errors with terminal escape codes, markup and 100 MB of text; messages are short and printable.

CELLS = {
    "E1-code": r"""
def double(x):
    raise ValueError('\x1b[2J\x1b]0;passed\x07[bold green]passed[/] \u202e' + 'x' * 100_000_000)
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
