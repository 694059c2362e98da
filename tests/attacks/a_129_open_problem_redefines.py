# Its open problem, below all tests, gives a name of a task to something else; as in a plain notebook the task keeps its points.

CELLS = {"AB1-code": "def double(x):\n    return 3 * x"}
