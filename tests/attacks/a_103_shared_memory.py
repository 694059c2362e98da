# Takes shared memory, which counts as nobody's own; it is ended as `memory`.

CELLS = {
    "E1-code": """
import mmap
def double(x):
    kept = []
    while x.numel() == 3:
        kept.append(mmap.mmap(-1, 2**24))
        kept[-1].write(b'x' * 2**24)
    return 2 * x
""",
}
EXPECT = {"E1-hidden": ("memory", "error")}
