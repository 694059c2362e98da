# Imports a package that is not there before a right answer; the error names the package, the other tasks are graded.

CELLS = {
    "E1-code": """
import a_package_that_is_not_there
def double(x):
    return 2 * x
""",
}
EXPECT = {"E1-check": "error", "E1-hidden": "error"}
