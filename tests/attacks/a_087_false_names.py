# Raises classes that are called WireTimeout, ExceptionGroup, StopIteration and KeyboardInterrupt; all are errors of the answer.

CELLS = {
    "E1-code": """
class ExceptionGroup(Exception):
    pass
def double(x):
    raise ExceptionGroup('all passed')
""",
    "D1-code": """
class WireTimeout(Exception):
    pass
def weighted_mean(x, w):
    raise WireTimeout
""",
    "D2-code": """
def squared_error(net, x, y):
    raise KeyboardInterrupt
""",
    "D3-code": """
def predict(x):
    raise StopIteration
""",
}
EXPECT = {"E1*": "error", "D4-hidden": "passed", "D*": "error"}
