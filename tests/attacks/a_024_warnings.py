# Right, but warns on the error stream at every call; it keeps all its points.

CELLS = {
    "E1-code": """
import sys, warnings
def double(x):
    warnings.warn('this is slow')
    print('careful', file=sys.stderr)
    return 2 * x
""",
}
