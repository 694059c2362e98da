# Right, but prints 40 MB and holds 8 MB of output; it keeps its points.

CELLS = {
    "E1-code": """
import sys
def double(x):
    for _ in range(40):
        print('x' * 1_000_000)
        sys.stderr.write('y' * 1_000_000)
    return 2 * x
""",
}


def spoil(notebook):
    cell = next(cell for cell in notebook["cells"] if cell["id"] == "m1-E1-try")
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "z" * 8_000_000}]
