# Raises exceptions of zero bytes, half letters, bidirectional marks and a page's script; messages are printable, and one line.

CELLS = {
    "E1-code": """
def double(x):
    raise ValueError(chr(0) + chr(0xd800) + chr(0x202e) + '<script>alert(1)</script>' + chr(10) + 'x' * 10**6)
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
