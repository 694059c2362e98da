# Takes memory without end, in small pieces; it is ended as `memory`.

CELLS = {
    "E1-code": """
def double(x):
    kept = []
    while x.numel() == 3:
        kept.append(bytearray(2**20))
    return 2 * x
""",
}
EXPECT = {"E1-hidden": "memory"}
